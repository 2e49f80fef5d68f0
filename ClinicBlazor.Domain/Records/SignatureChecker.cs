using System.Security.Cryptography;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Records;

/// <summary>The signatures of one record, checked.</summary>
/// <param name="States">The signatures, oldest first.</param>
/// <param name="Signers">Whose they are.</param>
/// <param name="Names">
/// The names of the people that the record names: as they were signed, for no name is shown that a signature does not cover, or those
/// of today.
/// </param>
/// <param name="IsMissing">True when the audit trail tells of a signature that is not there.</param>
internal sealed record CheckedSignatures(
    IReadOnlyList<SignatureState> States, IReadOnlyCollection<Guid> Signers, IReadOnlyDictionary<Guid, string> Names, bool IsMissing);

/// <summary>
/// Checks the signatures of the records of a page, in as many queries for twenty-five as for one: a list says of a record what the
/// record's own page says.
/// </summary>
public sealed class SignatureChecker(RecordSigner signer)
{
    /// <summary>The checked signatures of each record. Its diagnoses are all that hang on it, the one in force first.</summary>
    internal async Task<IReadOnlyDictionary<Guid, CheckedSignatures>> CheckAsync(
        ClinicDbContext db, IReadOnlyList<MedicalRecord> records, ILookup<Guid, Diagnosis> diagnoses, CancellationToken ct)
    {
        var ids = records.Select(record => record.Id).ToList();
        var signatures = (await db.Set<Signature>().Where(row => ids.Contains(row.RecordId)).OrderBy(row => row.SignedAt).ToListAsync(ct))
            .ToLookup(row => row.RecordId);
        var all = signatures.SelectMany(rows => rows).ToList();
        var keyIds = all.Select(row => row.KeyId).Distinct().ToList();
        var keys = keyIds.Count == 0 ? []
            : await db.Set<SigningKey>().Where(key => keyIds.Contains(key.Id)).ToDictionaryAsync(key => key.Id, ct);
        var today = await AccountNames.OfAsync(db,
        [
            .. records.Select(record => record.AuthorId), .. diagnoses.SelectMany(rows => rows).Select(row => row.AuthorId),
            .. all.Select(row => row.AccountId),
        ], ct);
        var missing = await MissingAsync(db, ids, ct);
        using var opened = new OpenedKeys(signer);
        return records.ToDictionary(record => record.Id, record =>
        {
            var of = signatures[record.Id].ToList();
            IReadOnlyList<Diagnosis> versions = [.. diagnoses[record.Id]];
            var states = of.ConvertAll(row => Check(record, versions, row, keys.GetValueOrDefault(row.KeyId), today, opened));
            var own = of.Select(row => row.AccountId).ToHashSet();
            return new CheckedSignatures(
                states.ConvertAll(row => row.State), own,
                states.Where(row => row.State.IsValid).Select(row => row.Names).FirstOrDefault(today),
                missing.Contains(record.Id));
        });
    }

    /// <summary>True when the record was ever signed, whatever its row says now.</summary>
    internal static async Task<bool> WasSignedAsync(ClinicDbContext db, Guid recordId, CancellationToken ct) =>
        await db.Set<Signature>().AnyAsync(row => row.RecordId == recordId, ct)
        || await db.Set<AuditEntry>().AnyAsync(entry => entry.RecordId == recordId && entry.Act == AuditAct.RecordSigned
            && entry.Outcome == AuditOutcome.Done && entry.AccountId != null, ct);

    private (IReadOnlyDictionary<Guid, string> Names, SignatureState State) Check(
        MedicalRecord record, IReadOnlyList<Diagnosis> versions, Signature signature, SigningKey? key,
        IReadOnlyDictionary<Guid, string> today, OpenedKeys opened)
    {
        var names = signer.NamesOf(signature, today);
        var name = names.GetValueOrDefault(signature.AccountId, today.GetValueOrDefault(signature.AccountId, ""));
        return (names, new SignatureState(name, signature.SignedAt, signer.IsValid(new(record, versions, names), signature, key, opened)));
    }

    /// <summary>
    /// The records that somebody signed, as the audit trail knows, whose signature is not there: the entry of a signing outlasts the
    /// signature's row. Asked record by record inside one query: for a list of ids SQLite walks every signing that there was.
    /// </summary>
    private static async Task<HashSet<Guid>> MissingAsync(ClinicDbContext db, IReadOnlyList<Guid> ids, CancellationToken ct) =>
    [
        .. (await db.Set<MedicalRecord>().Where(record => ids.Contains(record.Id))
            .Select(record => new
            {
                record.Id,
                IsMissing = db.Set<AuditEntry>().Any(entry => entry.RecordId == record.Id && entry.Act == AuditAct.RecordSigned
                    && entry.Outcome == AuditOutcome.Done && entry.AccountId != null
                    && !db.Set<Signature>().Any(row => row.RecordId == record.Id && row.AccountId == entry.AccountId)),
            }).ToListAsync(ct)).Where(record => record.IsMissing).Select(record => record.Id),
    ];
}

/// <summary>The public halves of keys, each opened once for all that it signed.</summary>
internal sealed class OpenedKeys(RecordSigner signer) : IDisposable
{
    private readonly Dictionary<Guid, ECDsa> keys = [];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in keys.Values)
        {
            key.Dispose();
        }
    }

    /// <summary>The public half of a key. Throws <see cref="CryptographicException"/> when the key is none, or somebody else's.</summary>
    public ECDsa Of(SigningKey key)
    {
        if (!keys.TryGetValue(key.Id, out var half))
        {
            keys[key.Id] = half = signer.PublicHalfOf(key);
        }

        return half;
    }
}
