using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
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
    /// <summary>After how many documents in a row that got no verdict the scanner itself is taken to be away.</summary>
    internal const int MostInARow = 3;

    /// <summary>How many documents that do not open are remembered.</summary>
    internal const int MostBroken = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    // Each try would be a further entry of a trail that only grows. A new process tries them once more: their files may be back.
    private readonly ConcurrentDictionary<Guid, bool> broken = new();

    // A few that never get a verdict must not be all that is ever tried.
    private Guid lastTried = Guid.Empty;

    /// <summary>Documents whose files do not open, which the trail, the log and an alert tell of: they wait for no scanner.</summary>
    internal IReadOnlyCollection<Guid> Broken => [.. broken.Keys];

    /// <summary>
    /// Looks through all that wait, beginning after the last one that was tried; answers with how many were. One without a verdict
    /// goes on waiting, and holds up no other. Throws what the last of <see cref="MostInARow"/> such in a row failed with.
    /// </summary>
    internal async Task<int> ScanAsync(CancellationToken ct)
    {
        var (scanned, inARow) = (0, 0);
        await foreach (var next in WaitingAsync(lastTried, ct))
        {
            lastTried = next;
            try
            {
                scanned += await ScanAsync(next, ct) ? 1 : 0;
                inARow = 0;
            }
            catch (SealBrokenException)
            {
                // It stays where it is, the trail and the log tell of it, and the others need not wait for it.
                _ = broken.Count < MostBroken && broken.TryAdd(next, true);
            }
            catch (Exception fault) when (!ct.IsCancellationRequested)
            {
                LogNoVerdict(next, fault);
                if (++inARow == MostInARow)
                {
                    throw;
                }
            }
        }

        lastTried = Guid.Empty;
        return scanned;
    }

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken ct)
    {
        using var wake = new WakeUp();
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

        void Wake(Guid patientId) => wake.Call();
    }

    private async Task RoundAsync(CancellationToken ct)
    {
        try
        {
            if (scanner.IsOn)
            {
                await ScanAsync(ct);
            }
            else if (await NextAsync(Guid.Empty, upTo: null, ct) is not null)
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
    private async Task WaitAsync(WakeUp wake, CancellationToken ct)
    {
        using var given = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(Task.Delay(Pause, time, given.Token), wake.WaitAsync(Timeout.InfiniteTimeSpan, given.Token));
        await given.CancelAsync();
    }

    // All that wait, those after a place first.
    private async IAsyncEnumerable<Guid> WaitingAsync(Guid after, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var last = after; await NextAsync(last, upTo: null, ct) is { } next; last = next)
        {
            if (!broken.ContainsKey(next))
            {
                yield return next;
            }
        }

        for (var last = Guid.Empty; after != Guid.Empty && await NextAsync(last, after, ct) is { } next; last = next)
        {
            if (!broken.ContainsKey(next))
            {
                yield return next;
            }
        }
    }

    // The one that has waited longest, after the last; what is only looked for is no entry.
    private async Task<Guid?> NextAsync(Guid last, Guid? upTo, CancellationToken ct) =>
        (await gate.RunForProgramAsync<Guid?>(new AccessRequest(Permission.SignIn, AuditAct.DocumentScanned), async (db, trace) =>
        {
            trace.GoesOn = true;
            var waiting = db.Set<Document>().Where(row => row.State == DocumentState.Quarantined && row.Id > last);
            waiting = upTo is { } end ? waiting.Where(row => row.Id <= end) : waiting;
            return await waiting.OrderBy(row => row.Id).Select(row => (Guid?)row.Id).FirstOrDefaultAsync(ct);
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
        Message = "The document {DocumentId} could not be looked through for viruses; it stays closed, and it is tried again")]
    private partial void LogNoVerdict(Guid documentId, Exception fault);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Documents could not be looked through for viruses; they stay closed, and it is tried again")]
    private partial void LogFault(Exception fault);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Documents wait to be looked through for viruses, and no scanner is set: they stay closed")]
    private partial void LogOff();
}
