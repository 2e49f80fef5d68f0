using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Records;

/// <summary>
/// Signs records and checks signatures: ECDSA over P-256 with SHA-256 (FIPS 186-5), the key of the signing account,
/// over a canonical form in which every field stands with its length in front.
/// </summary>
public sealed class RecordSigner(FieldProtector protector, TimeProvider time)
{
    /// <summary>Signs the record with the diagnosis in force.</summary>
    internal async Task<Signature> SignAsync(ClinicDbContext db, MedicalRecord record, Diagnosis diagnosis, Guid accountId, CancellationToken ct)
    {
        var key = await db.SigningKeys.SingleOrDefaultAsync(row => row.AccountId == accountId, ct) ?? Create(db, accountId);
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(Convert.FromBase64String(protector.Open(key.PrivateKey, Location(key.Id))), out _);
        var now = time.Now();
        return new Signature
        {
            Id = time.NewId(),
            PatientId = record.PatientId,
            RecordId = record.Id,
            DiagnosisId = diagnosis.Id,
            AccountId = accountId,
            KeyId = key.Id,
            SignedAt = now,
            Value = ecdsa.SignData(Canonical(record, diagnosis, accountId, now), HashAlgorithmName.SHA256),
        };
    }

    /// <summary>True when nothing that was signed has changed since. A value that no longer opens counts as changed.</summary>
    internal bool IsValid(MedicalRecord record, Diagnosis? diagnosis, Signature signature, byte[]? publicKey)
    {
        if (diagnosis is null || publicKey is null)
        {
            return false;
        }

        try
        {
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportSubjectPublicKeyInfo(publicKey, out _);
            return ecdsa.VerifyData(Canonical(record, diagnosis, signature.AccountId, signature.SignedAt), signature.Value, HashAlgorithmName.SHA256);
        }
        catch (CryptographicException)
        {
            return false;
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
            PublicKey = ecdsa.ExportSubjectPublicKeyInfo(),
            PrivateKey = protector.Seal(Convert.ToBase64String(ecdsa.ExportPkcs8PrivateKey()), Location(id)),
            CreatedAt = time.Now(),
        };
        db.SigningKeys.Add(key);
        return key;
    }

    private static FieldLocation Location(Guid keyId) => FieldLocation.Of<SigningKey>(nameof(SigningKey.PrivateKey), keyId);

    private byte[] Canonical(MedicalRecord record, Diagnosis diagnosis, Guid signerId, DateTimeOffset signedAt)
    {
        string?[] fields =
        [
            "medical record 1",
            $"{record.Id:D}", $"{record.PatientId:D}", $"{record.AuthorId:D}", record.OnBehalf ? "1" : "0", Number(record.CreatedAt.UtcTicks),
            protector.Open(record.Symptoms, FieldLocation.Of<MedicalRecord>(nameof(record.Symptoms), record.Id)),
            protector.OpenOptional(record.Onset, FieldLocation.Of<MedicalRecord>(nameof(record.Onset), record.Id)),
            record.Severity is { } severity ? Number(severity) : null,
            protector.OpenOptional(record.ModifyingFactors, FieldLocation.Of<MedicalRecord>(nameof(record.ModifyingFactors), record.Id)),
            $"{diagnosis.Id:D}", Number(diagnosis.Revision), $"{diagnosis.AuthorId:D}", Number(diagnosis.RecordedAt.UtcTicks), $"{diagnosis.Certainty}",
            protector.OpenOptional(diagnosis.Code, FieldLocation.Of<Diagnosis>(nameof(diagnosis.Code), diagnosis.Id)),
            protector.Open(diagnosis.Text, FieldLocation.Of<Diagnosis>(nameof(diagnosis.Text), diagnosis.Id)),
            $"{signerId:D}", Number(signedAt.UtcTicks),
        ];
        using var buffer = new MemoryStream();
        var length = new byte[4];
        foreach (var field in fields)
        {
            // An absent field is marked by a length of -1, so that it differs from an empty one.
            var bytes = field is null ? [] : Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32BigEndian(length, field is null ? -1 : bytes.Length);
            buffer.Write(length);
            buffer.Write(bytes);
        }

        return buffer.ToArray();
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
