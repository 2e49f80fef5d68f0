using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Audit.Archives;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Security;

/// <summary>How long entries of the trail are kept, and where the older ones are.</summary>
/// <param name="Years">Years of each kind.</param>
/// <param name="Archives">The newest archives first; at most <see cref="AuditArchiveService.Most"/>.</param>
/// <param name="Count">How many archives there are.</param>
/// <param name="Fingerprint">Fingerprint of the key that they are signed with.</param>
public sealed record KeptEntries(
    IReadOnlyDictionary<AuditKind, int> Years, IReadOnlyList<ArchiveRow> Archives, long Count, string Fingerprint);

/// <summary>An archive as administrators see it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="FirstSequence">The first place in the chain.</param>
/// <param name="LastSequence">The last one.</param>
/// <param name="Entries">How many entries are in it.</param>
/// <param name="FileName">Name of its file.</param>
/// <param name="MadeAt">When it was made, UTC.</param>
public sealed record ArchiveRow(long Number, long FirstSequence, long LastSequence, int Entries, string FileName, DateTimeOffset MadeAt);

/// <summary>Says how long entries are kept, and which archives there are.</summary>
public sealed class AuditArchiveService(ClinicGate gate, ArchiveSigner signer, IOptions<ClinicSettings> settings)
{
    /// <summary>Most archives of a list.</summary>
    public const int Most = 20;

    /// <summary>What is kept for how long, and the newest archives.</summary>
    public Task<Result<KeptEntries>> ReadAsync(Actor actor, CancellationToken ct) =>
        gate.RunAsync<KeptEntries>(actor, new AccessRequest(Permission.AuditRead, AuditAct.AuditRead), async db =>
        {
            var due = new AuditDue(settings.Value.Audit, []);
            var archives = await db.Set<AuditArchive>().OrderByDescending(archive => archive.Number).Take(Most)
                .Select(archive => new ArchiveRow(archive.Number, archive.FirstSequence, archive.LastSequence, archive.Entries,
                    archive.FileName, archive.MadeAt)).ToListAsync(ct);
            return new KeptEntries(Enum.GetValues<AuditKind>().ToDictionary(kind => kind, due.YearsOf), archives,
                archives.Count == 0 ? 0 : archives[0].Number, signer.Fingerprint);
        }, ct);
}
