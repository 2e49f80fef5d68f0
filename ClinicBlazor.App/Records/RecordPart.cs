using ClinicBlazor.Domain.Records;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Records;

/// <summary>
/// A part of a record's page. When it is removed it lets go of the record: a removed component lives on while a call
/// that it awaits, or an event that is on its way, still knows it.
/// </summary>
public abstract class RecordPart : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _removed = new();

    /// <summary>Remembers the token, which may be asked for after the source is gone.</summary>
    protected RecordPart() => Removed = _removed.Token;

    /// <summary>The record.</summary>
    [Parameter, EditorRequired]
    public RecordDetails Record { get; set; } = null!;

    /// <summary>Cancelled when this part is removed.</summary>
    protected CancellationToken Removed { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of everything about the record.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _removed.Cancel();
        _removed.Dispose();
        Record = null!;
    }
}
