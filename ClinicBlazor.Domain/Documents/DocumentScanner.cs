using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Documents.Content;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Domain.Documents;

/// <summary>
/// Has documents looked through for viruses that wait for it. Until that is done, and where it cannot be, nobody opens them. The
/// content of one that holds a virus goes; its row stays and says so.
/// </summary>
internal sealed partial class DocumentScanner(
    ClinicReadiness readiness, ClinicGate gate, IVirusScanner scanner, DocumentReader reader, DocumentVault vault, DocumentEvents events,
    TimeProvider time, ILogger<DocumentScanner> log) : ClinicBackgroundService(readiness)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Looks through all that wait; answers with how many were. Throws <see cref="ScanNotPossibleException"/> when the scanner does not
    /// answer, and leaves them waiting then.
    /// </summary>
    internal async Task<int> ScanAsync(CancellationToken ct)
    {
        var (scanned, last) = (0, Guid.Empty);
        while (await NextAsync(last, ct) is { } next)
        {
            try
            {
                scanned += await ScanAsync(next, ct) ? 1 : 0;
            }
            catch (SealBrokenException)
            {
                // It stays where it is, the trail and the log tell of it, and the others need not wait for it.
            }

            last = next;
        }

        return scanned;
    }

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken ct)
    {
        using var wake = new SemaphoreSlim(0, 1);
        events.Changed += Wake;
        try
        {
            do
            {
                await RoundAsync(ct);
                await WaitAsync(wake, ct);
            }
            while (!ct.IsCancellationRequested);
        }
        finally
        {
            events.Changed -= Wake;
        }

        void Wake(Guid patientId)
        {
            try
            {
                wake.Release();
            }
            catch (SemaphoreFullException)
            {
                // The next round finds this one too.
            }
        }
    }

    private async Task RoundAsync(CancellationToken ct)
    {
        try
        {
            if (scanner.IsOn)
            {
                await ScanAsync(ct);
            }
            else if (await NextAsync(Guid.Empty, ct) is not null)
            {
                LogOff();
            }
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            LogFault(fault);
        }
    }

    // A scanner that does not answer is asked again after a pause; so is one that nobody wakes.
    private async Task WaitAsync(SemaphoreSlim wake, CancellationToken ct)
    {
        using var given = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(Task.Delay(Pause, time, given.Token), wake.WaitAsync(given.Token));
        await given.CancelAsync();
    }

    // The one that has waited longest, after the last; what is only looked for is no entry.
    private async Task<Guid?> NextAsync(Guid last, CancellationToken ct) =>
        (await gate.RunForProgramAsync<Guid?>(new AccessRequest(Permission.SignIn, AuditAct.DocumentScanned), async (db, trace) =>
        {
            trace.GoesOn = true;
            return await db.Set<Document>().Where(row => row.State == DocumentState.Quarantined && row.Id > last)
                .OrderBy(row => row.Id).Select(row => (Guid?)row.Id).FirstOrDefaultAsync(ct);
        }, ct)).Value;

    private async Task<bool> ScanAsync(Guid id, CancellationToken ct)
    {
        var verdict = ScanVerdict.Clean;
        var request = new AccessRequest(Permission.SignIn, AuditAct.DocumentScanned) { DocumentId = id };
        var done = await gate.RunForProgramAsync<Done>(request, async (db, trace) =>
        {
            var row = await db.Set<Document>().AsTracking()
                .SingleOrDefaultAsync(row => row.Id == id && row.State == DocumentState.Quarantined, ct);
            if (row is null)
            {
                return Error.Invalid(DocumentIntake.Field, "Another instance has looked through it.");
            }

            (trace.PatientId, trace.RecordId, trace.VisitId) = (row.PatientId, row.RecordId, row.VisitId);
            await using var content = await reader.OpenAsync(row, thumbnail: false, ct);
            verdict = await scanner.ScanAsync(content.Plain, ct);
            trace.Outcome = verdict == ScanVerdict.Clean ? AuditOutcome.Done : AuditOutcome.Failed;
            row.Scanned(verdict == ScanVerdict.Clean, time.Now());
            return Done.Instance;
        }, ct);
        if (done.IsSuccess && verdict == ScanVerdict.Infected)
        {
            LogInfected(id);
            vault.Delete(id);
        }

        return done.IsSuccess;
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The document {DocumentId} held a virus, and its content was deleted")]
    private partial void LogInfected(Guid documentId);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Documents could not be looked through for viruses; they stay closed, and it is tried again")]
    private partial void LogFault(Exception fault);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Documents wait to be looked through for viruses, and no scanner is set: they stay closed")]
    private partial void LogOff();
}
