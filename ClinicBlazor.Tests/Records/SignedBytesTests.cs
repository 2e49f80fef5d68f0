using System.Security.Cryptography;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Architecture;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Records;

/// <summary>What somebody with the database itself can do to a signed record: nothing that its page would call signed.</summary>
[Trait("Requirement", "S4-04")]
public abstract class SignedBytesTests(ClinicFixture clinic) : RecordActs(clinic)
{
    // Shown nowhere and used for nothing that is shown.
    private static readonly string[] Unseen = ["MedicalRecords.Version", "SigningKeys.PrivateKey", "SigningKeys.CreatedAt"];

    public sealed class OnSqlite(SqliteClinic clinic) : SignedBytesTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : SignedBytesTests(clinic), IClassFixture<PostgresClinic>;

    private Intruder Intruder => new(Clinic.Host);

    public static TheoryData<string, string> Columns()
    {
        var data = new TheoryData<string, string>();
        foreach (var type in (Type[])[typeof(MedicalRecord), typeof(Diagnosis), typeof(Signature), typeof(SigningKey)])
        {
            var entity = BothModels.Sqlite.FindEntityType(type)!;
            foreach (var column in entity.GetProperties().Select(property => property.GetColumnName())
                .Where(column => !Unseen.Contains($"{entity.GetTableName()}.{column}")))
            {
                data.Add(entity.GetTableName()!, column);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task Record_WithOneStoredColumnChanged_IsNeverShownAsSigned(string table, string column)
    {
        var (doctor, patient, recordId) = await SignedAsync();
        Assert.Equal(RecordPhase.Signed, await StandingAsync(patient, recordId));
        Assert.Equal([RecordPhase.Signed, RecordPhase.Signed, RecordPhase.Signed],
            (await ListedAsync(doctor, patient, recordId)).Select(row => row.Phase));

        var other = await OtherValue.OfAsync(Clinic.Host, table, column);
        await Intruder.ForceAsync($"UPDATE \"{table}\" SET \"{column}\" = {other} WHERE {Row(table)}",
            table == "SigningKeys" ? doctor.AccountId : recordId);

        Assert.NotEqual(RecordPhase.Signed, await StandingAsync(patient, recordId));
        Assert.DoesNotContain(RecordPhase.Signed, (await ListedAsync(doctor, patient, recordId)).Select(row => row.Phase));
    }

    [Theory]
    [InlineData("'Preliminary'")]
    [InlineData("'EnteredInError'")]
    public async Task Record_SignedOnce_TakesNoDiagnosisAndSaysSoWhateverItsStatusSays(string status)
    {
        var (doctor, patient, recordId) = await SignedAsync();

        await Intruder.ForceAsync($"UPDATE \"MedicalRecords\" SET \"Status\" = {status} WHERE \"Id\" = @p0", recordId);

        Assert.Equal(RecordPhase.Broken, await StandingAsync(patient, recordId));
        Assert.Equal(ErrorKind.Conflict, (await DiagnoseAsync(doctor, recordId, "Another.", null)).Error!.Kind);
    }

    [Theory]
    [InlineData("'Final'")]
    [InlineData("'Preliminary'")]
    [InlineData("'EnteredInError'")]
    public async Task Record_WhoseSignatureIsGone_SaysThatItIsMissing(string status)
    {
        var (doctor, patient, recordId) = await SignedAsync();

        await Intruder.ForceAsync("DELETE FROM \"Signatures\" WHERE \"RecordId\" = @p0", recordId);
        await Intruder.ForceAsync($"UPDATE \"MedicalRecords\" SET \"Status\" = {status} WHERE \"Id\" = @p0", recordId);

        Assert.Equal(RecordPhase.SignatureMissing, await StandingAsync(patient, recordId));
        var rows = await ListedAsync(doctor, patient, recordId);
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal((RecordPhase.SignatureMissing, null, null), (row.Phase, row.Diagnosis, row.Code)));
    }

    [Fact]
    public async Task Record_WhoseDiagnosisIsGone_IsNotShownAsSigned()
    {
        var (_, patient, recordId) = await SignedAsync();

        await Intruder.ForceAsync("DELETE FROM \"Diagnoses\" WHERE \"RecordId\" = @p0", recordId);

        Assert.Equal(RecordPhase.Broken, await StandingAsync(patient, recordId));
    }

    [Fact]
    public async Task Record_WithADiagnosisOfAnotherRecordPutInForce_IsNotShown()
    {
        var (doctor, patient, recordId) = await SignedAsync();
        var other = (await Records.DescribeAsync(await Act(patient), patient.PatientId!.Value, new("Another problem."), default)).Value;
        await DiagnoseAsync(doctor, other, "Of the other record.", "J01.0");

        await Intruder.ForceAsync("UPDATE \"Diagnoses\" SET \"RecordId\" = @p0, \"Revision\" = 9 WHERE \"RecordId\" = @p1",
            recordId, other);

        await Assert.ThrowsAsync<SealBrokenException>(async () => await Records.GetAsync(await Act(patient), recordId, default));
    }

    [Fact]
    public async Task Record_WithAnEarlierVersionPutInForce_IsNotShownAsSigned()
    {
        var (doctor, patient, recordId) = await SignedAsync();

        await Intruder.ForceAsync("UPDATE \"Diagnoses\" SET \"Revision\" = 9 WHERE \"RecordId\" = @p0 AND \"Revision\" = 1", recordId);

        Assert.Equal(RecordPhase.Broken, await StandingAsync(patient, recordId));
        Assert.All(await ListedAsync(doctor, patient, recordId),
            row => Assert.Equal((RecordPhase.Broken, null, null), (row.Phase, row.Diagnosis, row.Code)));
    }

    [Fact]
    public async Task Record_WhoseSignerGotAnotherName_ShowsTheNameThatWasSigned()
    {
        var (doctor, patient, recordId) = await SignedAsync();
        var before = (await Records.GetAsync(await Act(patient), recordId, default)).Value;

        await Intruder.ExecuteAsync("UPDATE \"Accounts\" SET \"DisplayName\" = 'Dr Nobody' WHERE \"Id\" = @p0", doctor.AccountId);
        var after = (await Records.GetAsync(await Act(patient), recordId, default)).Value;

        Assert.Equal((before.Signatures[0].SignerName, before.Diagnosis!.AuthorName),
            (after.Signatures[0].SignerName, after.Diagnosis!.AuthorName));
        Assert.True(after.Signatures[0].IsValid);
    }

    [Fact]
    public async Task IsValid_SignedWithTheKeyOfAnotherAccount_DoesNotHold()
    {
        var (doctor, _, recordId) = await SignedAsync();
        var (other, _, otherId) = await SignedAsync();
        var (signer, protector) = (Clinic.Host.Get<RecordSigner>(), Clinic.Host.Get<FieldProtector>());
        await using var db = await Clinic.Host.OpenAsync();
        var record = await db.Set<MedicalRecord>().SingleAsync(row => row.Id == recordId);
        var versions = await db.Set<Diagnosis>().Where(row => row.RecordId == recordId).OrderByDescending(row => row.Revision)
            .ToListAsync();
        var genuine = await db.Set<Signature>().SingleAsync(row => row.RecordId == recordId);
        var shown = new ShownRecord(record, versions, signer.NamesOf(genuine, new Dictionary<Guid, string>()));
        var foreignKey = await db.Set<SigningKey>().SingleAsync(key => key.AccountId == other.AccountId);
        var forged = new Signature
        {
            Id = genuine.Id, PatientId = genuine.PatientId, RecordId = recordId, DiagnosisId = genuine.DiagnosisId,
            AccountId = doctor.AccountId, KeyId = foreignKey.Id,
            SignedAt = genuine.SignedAt, Form = genuine.Form, Names = genuine.Names,
        };
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(
            Convert.FromBase64String(protector.Open(foreignKey.PrivateKey, FieldPlace.Of(foreignKey, nameof(foreignKey.PrivateKey)))),
            out _);
        forged.Sign(ecdsa.SignData(new SignedForm(protector).Of(shown, forged), HashAlgorithmName.SHA256));

        Assert.True(signer.IsValid(shown, genuine, await db.Set<SigningKey>().SingleAsync(key => key.AccountId == doctor.AccountId)));
        Assert.False(signer.IsValid(shown, forged, foreignKey));
    }

    [Fact]
    public async Task IsValid_SignatureOfTheFirstForm_HoldsForTheDiagnosisInForceAlone()
    {
        var (doctor, _, recordId) = await SignedAsync();
        var (signer, protector) = (Clinic.Host.Get<RecordSigner>(), Clinic.Host.Get<FieldProtector>());
        await using var db = await Clinic.Host.OpenAsync();
        var record = await db.Set<MedicalRecord>().SingleAsync(row => row.Id == recordId);
        var versions = await db.Set<Diagnosis>().Where(row => row.RecordId == recordId).OrderByDescending(row => row.Revision)
            .ToListAsync();
        var key = await db.Set<SigningKey>().SingleAsync(row => row.AccountId == doctor.AccountId);
        var old = new Signature
        {
            Id = Guid.CreateVersion7(), PatientId = record.PatientId, RecordId = recordId, DiagnosisId = versions[0].Id,
            AccountId = doctor.AccountId, KeyId = key.Id,
            SignedAt = record.CreatedAt,
        };
        var shown = new ShownRecord(record, versions, new Dictionary<Guid, string>());
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(
            Convert.FromBase64String(protector.Open(key.PrivateKey, FieldPlace.Of(key, nameof(key.PrivateKey)))), out _);
        old.Sign(ecdsa.SignData(new SignedForm(protector).Of(shown, old), HashAlgorithmName.SHA256));

        Assert.True(signer.IsValid(shown, old, key));
        Assert.False(signer.IsValid(shown with { Versions = [versions[1], versions[0]] }, old, key));
        Assert.False(signer.IsValid(shown with { Versions = [] }, old, key));
        Assert.False(signer.IsValid(shown, old, null));
    }

    private static string Row(string table) => table switch
    {
        "MedicalRecords" => "\"Id\" = @p0",
        "SigningKeys" => "\"AccountId\" = @p0",
        "Diagnoses" => "\"RecordId\" = @p0 AND \"Revision\" = 2",
        _ => "\"RecordId\" = @p0",
    };

    private async Task<(TestPerson Doctor, TestPerson Patient, Guid RecordId)> SignedAsync()
    {
        var (doctor, patient) = await PairAsync();
        var problem = new ProblemDescription("Headache since Monday.", "Since Monday", 6, "Worse in the evening");
        var recordId = (await Records.DescribeAsync(await Act(patient), patient.PatientId!.Value, problem, default)).Value;
        await DiagnoseAsync(doctor, recordId, "Perhaps sinusitis.", "J01.9");
        await DiagnoseAsync(doctor, recordId, "Sinusitis.", "J01.0");
        var version = (await InputAsync(recordId, "", null)).BasedOn;
        Assert.True((await Records.SignAsync(await Act(doctor), patient.PatientId.Value, recordId, version, default)).IsSuccess);
        return (doctor, patient, recordId);
    }

    /// <summary>How the page would stand; null when it would show nothing of the record.</summary>
    private async Task<RecordPhase?> StandingAsync(TestPerson patient, Guid recordId)
    {
        try
        {
            var read = await Records.GetAsync(await Act(patient), recordId, default);
            return read.IsSuccess ? read.Value.Phase : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
