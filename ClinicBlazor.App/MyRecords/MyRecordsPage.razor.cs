using System.Globalization;
using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.MyRecords;

/// <summary>A patient's own records; for staff, those of their patients.</summary>
public sealed partial class MyRecordsPage
{
    private CancellationTokenSource _load = new();
    private Page<RecordRow>? _page;
    private bool _notLinked;
    private bool _refused;
    private bool _staff;

    [Inject]
    private CurrentActor Current { get; set; } = null!;

    [Inject]
    private RecordService Records { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private AdministrationNetworks Administration { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    /// <inheritdoc />
    public void Dispose()
    {
        _load.Cancel();
        _load.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        await _load.CancelAsync();
        _load.Dispose();
        _load = new CancellationTokenSource();
        (_page, _notLinked, _refused, _staff) = (null, false, false, false);
        await LoadAsync(_load.Token);
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Current.GetAsync(ct);
        if (actor.May(Permission.PatientList) && actor.May(Permission.RecordRead))
        {
            _staff = true;
            return;
        }

        if (StartPage.OfStaff(actor, Administration) is { } start)
        {
            Navigation.NavigateTo(start, replace: true);
            return;
        }

        if (actor.PatientId is not { } patientId)
        {
            _notLinked = actor.Roles.HasAny(Roles.Patient);
            return;
        }

        var result = await Records.ListAsync(actor, patientId, After, ct);
        ct.ThrowIfCancellationRequested();
        (_page, _refused) = result.IsSuccess ? (result.Value, false) : (null, true);
    }

    private string Local(DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, Clock.LocalTimeZone).ToString("f", CultureInfo.CurrentCulture);
}
