using System.Security.Cryptography;
using System.Text.Json;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Records;

/// <summary>
/// Signs records and checks signatures: ECDSA over P-256 with SHA-256 (FIPS 186-5), the key of the signing account,
/// over everything that the page shows (<see cref="SignedForm"/>). Both halves of a key are sealed and bound to its
/// account, so that nobody who writes into the database can put a key of their own there.
/// </summary>
public sealed class RecordSigner(FieldProtector protector, TimeProvider time)
{
    private static readonly Dictionary<Guid, string> NoNames = [];

    private readonly SignedForm form = new(protector);

    /// <summary>Signs the record with its diagnoses, of which the first is in force.</summary>
    internal async Task<Signature> SignAsync(ClinicDbContext db, MedicalRecord record, IReadOnlyList<Diagnosis> versions, Guid accountId,
        CancellationToken ct)
    {
        var names = await AccountNames.OfAsync(
            db, [record.AuthorId, accountId, .. versions.Select(version => (Guid?)version.AuthorId)], ct);
        var key = await KeyOfAsync(db, accountId, ct);
        var id = time.NewId();
        var signature = new Signature
        {
            Id = id,
            PatientId = record.PatientId,
            RecordId = record.Id,
            DiagnosisId = versions[0].Id,
            AccountId = accountId,
            KeyId = key.Id,
            SignedAt = time.Now(),
            Form = SignedForm.Present,
            Names = protector.Seal(
                JsonSerializer.Serialize(names),
                    FieldPlace.Of<Signature>(id, Signature.OwnerOf(record.PatientId, record.Id), nameof(Signature.Names))),
        };
        signature.Sign(Sign(key, form.Of(new(record, versions, names), signature)));
        return signature;
    }

    /// <summary>
    /// True when what is shown is what was signed: the words, every version of the diagnosis, and the one in force. A
    /// value that no longer opens counts as changed, and so does a key that is not the signer's.
    /// </summary>
    internal bool IsValid(ShownRecord shown, Signature signature, SigningKey? key)
    {
        using var opened = new OpenedKeys(this);
        return IsValid(shown, signature, key, opened);
    }

    /// <summary>The same, for one of several signatures: each key is opened once for all of them.</summary>
    internal bool IsValid(ShownRecord shown, Signature signature, SigningKey? key, OpenedKeys opened)
    {
        if (shown.Versions.Count == 0 || shown.Versions[0].Id != signature.DiagnosisId || key is null
            || key.AccountId != signature.AccountId)
        {
            return false;
        }

        try
        {
            return opened.Of(key).VerifyData(form.Of(shown, signature), signature.Value, HashAlgorithmName.SHA256);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The key that an account signs with; a new one is added to what <paramref name="db"/> saves.</summary>
    internal async Task<SigningKey> KeyOfAsync(ClinicDbContext db, Guid accountId, CancellationToken ct) =>
        await db.Set<SigningKey>().SingleOrDefaultAsync(row => row.AccountId == accountId, ct) ?? Create(db, accountId);

    /// <summary>Signs some bytes.</summary>
    internal byte[] Sign(SigningKey key, byte[] bytes)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(
            Convert.FromBase64String(protector.Open(key.PrivateKey, FieldPlace.Of(key, nameof(key.PrivateKey)))), out _);
        return ecdsa.SignData(bytes, HashAlgorithmName.SHA256);
    }

    /// <summary>
    /// True when the bytes were signed with the key. Throws <see cref="CryptographicException"/> when the key is none,
    /// or somebody else's.
    /// </summary>
    internal bool Verify(SigningKey key, byte[] bytes, byte[] signature)
    {
        using var half = PublicHalfOf(key);
        return half.VerifyData(bytes, signature, HashAlgorithmName.SHA256);
    }

    /// <summary>
    /// The half of a key that verifies. Throws <see cref="CryptographicException"/> when the key is none, or somebody else's.
    /// </summary>
    internal ECDsa PublicHalfOf(SigningKey key)
    {
        var bytes = Convert.FromBase64String(protector.Open(key.PublicKey, FieldPlace.Of(key, nameof(key.PublicKey))));
        var half = ECDsa.Create();
        try
        {
            half.ImportSubjectPublicKeyInfo(bytes, out _);
            return half;
        }
        catch (CryptographicException)
        {
            half.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The names that stood under the record when it was signed; those of today for a signature of the first form,
    /// which kept none.
    /// </summary>
    internal IReadOnlyDictionary<Guid, string> NamesOf(Signature signature, IReadOnlyDictionary<Guid, string> today)
    {
        if (signature.Form == SignedForm.First)
        {
            return today;
        }

        try
        {
            var kept = protector.OpenOptional(signature.Names, FieldPlace.Of(signature, nameof(signature.Names)));
            return kept is null ? NoNames : JsonSerializer.Deserialize<Dictionary<Guid, string>>(kept) ?? NoNames;
        }
        catch (CryptographicException)
        {
            // Without its names no signature holds.
            return NoNames;
        }
    }

    private SigningKey Create(ClinicDbContext db, Guid accountId)
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var id = time.NewId();
        var key = new SigningKey
        {
            Id = id,
            AccountId = accountId,
            PublicKey = protector.Seal(
                Convert.ToBase64String(ecdsa.ExportSubjectPublicKeyInfo()),
                    FieldPlace.Of<SigningKey>(id, new(accountId), nameof(SigningKey.PublicKey))),
            PrivateKey = protector.Seal(
                Convert.ToBase64String(ecdsa.ExportPkcs8PrivateKey()),
                    FieldPlace.Of<SigningKey>(id, new(accountId), nameof(SigningKey.PrivateKey))),
            CreatedAt = time.Now(),
        };
        db.Set<SigningKey>().Add(key);
        return key;
    }
}
