using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClinicBlazor.Domain.Protection;

namespace ClinicBlazor.Domain.Records;

/// <summary>A record as its page shows it: what a signature is under.</summary>
/// <param name="Record">The record.</param>
/// <param name="Versions">Every diagnosis that hangs on it, the one in force first.</param>
/// <param name="Names">The names of the people that the page names, by account.</param>
internal sealed record ShownRecord(MedicalRecord Record, IReadOnlyList<Diagnosis> Versions, IReadOnlyDictionary<Guid, string> Names);

/// <summary>
/// The bytes that are signed: every field that the page shows stands with its length in front, so that no two different
/// records have the same form.
/// </summary>
internal sealed class SignedForm(FieldProtector protector)
{
    /// <summary>The form of signatures until owners were bound in: the record, and the one diagnosis that is signed.</summary>
    public const int First = 1;

    /// <summary>The record, all versions of the diagnosis in their order, and the names of everybody; no record named its visit.</summary>
    public const int Second = 2;

    /// <summary>The same, and the visit in which the record was written.</summary>
    public const int Present = 3;

    /// <summary>The bytes of one form. Throws <see cref="SealBrokenException"/> when something of the record does not open.</summary>
    public byte[] Of(ShownRecord shown, Signature signature) => Bytes(signature.Form switch
    {
        First when shown.Record.VisitId is null => FirstFields(shown.Record, shown.Versions[0], signature),
        Second when shown.Record.VisitId is null => ["medical record 2", .. FieldsOf(shown, signature)],
        Present => ["medical record 3", shown.Record.VisitId is { } visit ? $"{visit:D}" : null, .. FieldsOf(shown, signature)],
        _ => throw new CryptographicException("There is no such form of a signature."),
    });

    private List<string?> FirstFields(MedicalRecord record, Diagnosis diagnosis, Signature signature) =>
        ["medical record 1", .. Told(record), .. Found(diagnosis), $"{signature.AccountId:D}", Number(signature.SignedAt.UtcTicks)];

    private List<string?> FieldsOf(ShownRecord shown, Signature signature) =>
    [
        .. Told(shown.Record), shown.Names.GetValueOrDefault(shown.Record.AuthorId), Number(shown.Versions.Count),
        .. shown.Versions.SelectMany(version => (string?[])[.. Found(version), shown.Names.GetValueOrDefault(version.AuthorId)]),
        $"{signature.Id:D}", $"{signature.DiagnosisId:D}", $"{signature.AccountId:D}", shown.Names.GetValueOrDefault(signature.AccountId),
            $"{signature.KeyId:D}",
        Number(signature.SignedAt.UtcTicks),
    ];

    private string?[] Told(MedicalRecord record) =>
    [
        $"{record.Id:D}", $"{record.PatientId:D}", $"{record.AuthorId:D}", record.OnBehalf ? "1" : "0", Number(record.CreatedAt.UtcTicks),
        protector.Open(record.Symptoms, FieldPlace.Of(record, nameof(record.Symptoms))),
        protector.OpenOptional(record.Onset, FieldPlace.Of(record, nameof(record.Onset))),
        record.Severity is { } severity ? Number(severity) : null,
        protector.OpenOptional(record.ModifyingFactors, FieldPlace.Of(record, nameof(record.ModifyingFactors))),
    ];

    private string?[] Found(Diagnosis diagnosis) =>
    [
        $"{diagnosis.Id:D}", Number(diagnosis.Revision), $"{diagnosis.AuthorId:D}", Number(diagnosis.RecordedAt.UtcTicks),
            $"{diagnosis.Certainty}",
        protector.OpenOptional(diagnosis.Code, FieldPlace.Of(diagnosis, nameof(diagnosis.Code))),
        protector.Open(diagnosis.Text, FieldPlace.Of(diagnosis, nameof(diagnosis.Text))),
    ];

    /// <summary>The fields, each with its length in front.</summary>
    public static byte[] Bytes(IReadOnlyList<string?> fields)
    {
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

    /// <summary>A number as it is signed.</summary>
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
