using System.Globalization;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Domain.Documents;

/// <summary>
/// Takes away, at the start and each night, what a sudden end has left in the vault: files that were never kept, those that were
/// and got no row, and those of documents that held a virus. An hour old they are nobody's work in progress any more.
/// </summary>
internal sealed partial class VaultSweeper(
    ClinicReadiness readiness, ClinicGate gate, DocumentVault vault, TimeProvider time, ILogger<VaultSweeper> log)
    : ClinicBackgroundService(readiness)
{
    private const int AtOnce = 200;

    private static readonly TimeSpan Period = TimeSpan.FromDays(1);
    private static readonly TimeSpan Age = TimeSpan.FromHours(1);

    /// <summary>Takes them away; answers with how many files and documents they were of.</summary>
    internal async Task<int> SweepAsync(CancellationToken ct)
    {
        var before = time.GetUtcNow() - Age;
        var parts = vault.DeleteParts(before);
        var (lost, known) = (new List<Guid>(), 0);
        foreach (var ids in vault.KeptBefore(before).Chunk(AtOnce))
        {
            var needed = await KnownAsync(ids, ct);
            known += needed.Count;
            lost.AddRange(ids.Except(needed));
        }

        // A sudden end leaves a file or two. Where most are strangers it is the database that is another one, and the files are not
        // for it to delete.
        if (lost.Count > known)
        {
            LogStrangers(lost.Count, known);
            lost.Clear();
        }

        lost.ForEach(vault.Delete);
        return parts + lost.Count == 0 ? 0 : await TellAsync(parts, lost.Count, ct);
    }

    // What could not be swept is in nobody's way; the next night tries again.
    /// <inheritdoc/>
    protected override Task WorkAsync(CancellationToken ct) => RepeatAsync(Period, () => SweepAsync(ct), LogFault, ct, time);

    // Of some documents, those whose files are needed.
    private async Task<IReadOnlyList<Guid>> KnownAsync(Guid[] ids, CancellationToken ct) =>
        (await gate.RunForProgramAsync<IReadOnlyList<Guid>>(new AccessRequest(Permission.SignIn, AuditAct.OutdatedRemoved),
            async (db, trace) =>
        {
            trace.GoesOn = true;
            return Result.Of<IReadOnlyList<Guid>>(await db.Set<Document>()
                .Where(row => ids.Contains(row.Id) && row.State != DocumentState.Infected).Select(row => row.Id).ToListAsync(ct));
        }, ct)).Value;

    private async Task<int> TellAsync(int parts, int lost, CancellationToken ct)
    {
        await gate.RunForProgramAsync<Done>(new AccessRequest(Permission.SignIn, AuditAct.OutdatedRemoved), (_, trace) =>
        {
            trace.Remark = string.Create(CultureInfo.InvariantCulture, $"unfinished files {parts}, files without a document {lost}");
            return Task.FromResult<Result<Done>>(Done.Instance);
        }, ct);
        return parts + lost;
    }

    [LoggerMessage(Level = LogLevel.Error,
        Message = "The folder of documents holds files of {Strangers} documents that this database does not know and of {Known} that it knows; nothing was taken away")]
    private partial void LogStrangers(int strangers, int known);

    [LoggerMessage(Level = LogLevel.Error, Message = "What is left over in the folder of documents could not be taken away")]
    private partial void LogFault(Exception fault);
}
