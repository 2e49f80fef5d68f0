using System.Security.Cryptography;
using System.Text;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Audit.Anchors;

/// <summary>Makes anchors, begins their file, and tells the log and the trail itself when the two do not fit.</summary>
public sealed partial class AuditAnchors
{
    private readonly AuditDatabase database;
    private readonly AuditSealer sealer;
    private readonly AuditTrail trail;
    private readonly AnchorFile file;
    private readonly AnchorComparer comparer;
    private readonly IReadOnlyList<IAnchorPost> posts;
    private readonly IClinicInUse inUse;
    private readonly KeyRing keys;
    private readonly IOptions<ClinicSettings> settings;
    private readonly TimeProvider time;
    private readonly ILogger<AuditAnchors> log;
    private readonly HashSet<IAnchorPost> owed = [];
    private AuditAnchor? newest;
    private IReadOnlyList<AnchorFinding> told = [];

    internal AuditAnchors(
        AuditDatabase database, AuditSealer sealer, AuditTrail trail, AnchorFile file, AnchorComparer comparer,
            IEnumerable<IAnchorPost> posts, IClinicInUse inUse,
        KeyRing keys, IOptions<ClinicSettings> settings, TimeProvider time, ILogger<AuditAnchors> log) =>
        (this.database, this.sealer, this.trail, this.file, this.comparer, this.posts, this.inUse, this.keys, this.settings, this.time,
            this.log) =
        (database, sealer, trail, file, comparer, [.. posts], inUse, keys, settings, time, log);

    /// <summary>True while the other place has not the newest anchor.</summary>
    internal bool IsOwing => owed.Count > 0;

    /// <summary>
    /// Begins the file of a clinic that is new, and of one whose trail says that it has one elsewhere and none here. Else nothing
    /// happens: a file that was there and is gone is a finding, and is not made good in silence. Whoever takes the file can
    /// take what the trail says of it too; so where there are accounts, a trail that knows of no file has been cut.
    /// </summary>
    public async Task BeginIfNewAsync(CancellationToken ct)
    {
        if (file.Exists)
        {
            return;
        }

        await using (var db = await database.OpenAsync(ct))
        {
            if (!await IsNewAsync(db, ct))
            {
                return;
            }
        }

        await BeginAsync(ct);
    }

    /// <summary>
    /// Begins the anchors anew, after an older copy of the database was put back on purpose. The old file stays beside the
    /// new one, and the trail says that this was done.
    /// </summary>
    public async Task<AuditAnchor> BeginAsync(CancellationToken ct)
    {
        await TellAsync(AuditAct.AnchorsBegun, AuditOutcome.Done, ct);
        file.PutAside(time.Now());
        return await MakeAsync(AnchorReason.Begin, ct);
    }

    /// <summary>Compares the trail with its anchors; what is found for the first time goes to the log and into the trail.</summary>
    internal async Task<AnchorComparison> CompareAsync(CancellationToken ct)
    {
        var lines = comparer.Read();
        AnchorComparison found;
        await using (var db = await database.OpenAsync(ct))
        {
            found = await AnchorComparer.CompareAsync(db, lines, isOwnFile: true, ct);
        }

        if (!found.Findings.SequenceEqual(told))
        {
            told = found.Findings;
            foreach (var finding in found.Findings)
            {
                LogFinding(finding.Kind, finding.From, finding.To, finding.At);
            }

            if (!found.Holds)
            {
                await TellAsync(AuditAct.AnchorsCompared, AuditOutcome.Failed, ct);
            }
        }

        return found;
    }

    /// <summary>Seals what waits, appends an anchor of where the chain ends then, and sends it.</summary>
    internal async Task<AuditAnchor> MakeAsync(AnchorReason reason, CancellationToken ct)
    {
        await sealer.SealPendingAsync(ct);
        AuditSeal? last;
        await using (var db = await database.OpenAsync(ct))
        {
            last = await db.Set<AuditSeal>().OrderByDescending(seal => seal.Sequence).FirstOrDefaultAsync(ct);
        }

        newest = file.Append(reason, last?.Sequence ?? 0, last is null ? AuditAnchor.Nothing : Convert.ToHexStringLower(last.Mac),
            time.Now());
        owed.UnionWith(posts);
        await SendAsync(ct);
        return newest;
    }

    /// <summary>
    /// Sends the newest anchor to where it has not arrived. An older one that did not is not missed: each vouches for
    /// all before it.
    /// </summary>
    internal async Task SendAsync(CancellationToken ct)
    {
        foreach (var post in owed.ToList())
        {
            try
            {
                await post.SendAsync(newest!, newest!.Line(keys.AnchorKey), ct);
                owed.Remove(post);
            }
            catch (AnchorNotSentException fault)
            {
                LogNotSent(newest!.Number, fault.Message);
            }
            catch (Exception fault) when (!ct.IsCancellationRequested)
            {
                // Whatever it is that one place stumbles over, the others get theirs. Only its kind is told: a message may hold more.
                LogNotSent(newest!.Number, fault.GetType().Name);
            }
        }
    }

    private async Task<bool> IsNewAsync(DbContext db, CancellationToken ct)
    {
        var place = Place();
        var begun = db.Set<AuditEntry>().Where(entry => entry.Act == AuditAct.AnchorsBegun);
        return !await begun.AnyAsync(entry => entry.SubjectId == place, ct)
            && (await begun.AnyAsync(ct) || !await inUse.AnswerAsync(db, ct));
    }

    private async Task TellAsync(AuditAct act, AuditOutcome outcome, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        trail.Add(db, Actor.Anonymous(ClientInfo.Local), new AuditTrace(act) { SubjectId = Place() }, outcome, time.Now());
        await db.SaveChangesAsync(ct);
        trail.Wake();
    }

    /// <summary>
    /// Which file the trail speaks of: on SQLite there is one beside the database, on PostgreSQL each machine may have
    /// its own.
    /// </summary>
    private Guid Place()
    {
        var name = settings.Value.Database == DatabaseKind.Sqlite ? "sqlite" : $"{Environment.MachineName}|{file.Path}";
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
    }

    [LoggerMessage(Level = LogLevel.Critical,
        Message = "The audit trail and its anchors do not fit: {Finding}, from {From} to {To}, known at {At}. verify-audit says more.")]
    private partial void LogFinding(AnchorFindingKind finding, long from, long to, DateTimeOffset? at);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Anchor {Number} of the audit trail did not reach the other place: {Reason}. It is tried again.")]
    private partial void LogNotSent(long number, string reason);
}
