using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ClinicBlazor.App.Shared.Grids;

/// <summary>
/// A grid on a staff page: columns that are put away, taken out and drawn wider. The page asks the server for what its
/// address says, once for each address, and the grid shows that.
/// </summary>
/// <typeparam name="T">A row.</typeparam>
[CascadingTypeParameter(nameof(T))]
public sealed class ClinicGrid<T> : MudDataGrid<T>
{
    private IReadOnlyList<T>? _given;

    /// <summary>Sets what is the same in every grid; a page says only what is its own.</summary>
    public ClinicGrid()
    {
        (Elevation, Square, Dense, Breakpoint, ColumnResizeMode) = (0, true, true, Breakpoint.None, ResizeMode.Column);
        (SortMode, Filterable, ShowColumnOptions, Groupable) = (SortMode.None, false, false, false);
        ServerData = (_, _) => Task.FromResult(new GridData<T> { Items = (_given = Rows) ?? [], TotalItems = Rows?.Count ?? 0 });
    }

    /// <summary>What the server answered; null while it is on its way.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<T>? Rows { get; set; }

    /// <summary>Raised when other rows stand in the page.</summary>
    [Parameter]
    public EventCallback RowsShown { get; set; }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        await base.OnAfterRenderAsync(firstRender);
        if (!ReferenceEquals(Rows, _given))
        {
            await ReloadServerData();
            await RowsShown.InvokeAsync();
        }
    }
}
