using System.Security.Cryptography;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Architecture;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Records;

/// <summary>
/// What somebody with the database itself can do to addenda: change none unseen, put no other name under one, and take none away
/// without the page saying so.
/// </summary>
[Trait("Requirement", "S4-04")]
[Trait("Requirement", "B-04")]
public abstract class AddendumBytesTests(ClinicFixture clinic) : AddendumActs(clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : AddendumBytesTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : AddendumBytesTests(clinic), IClassFixture<PostgresClinic>;

    private Intruder Intruder => new(Clinic.Host);

    public static TheoryData<string> Columns() =>
        [.. BothModels.Sqlite.FindEntityType(typeof(Addendum))!.GetProperties().Select(property => property.GetColumnName())];

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task Addendum_WithOneStoredColumnChanged_IsNeverShownAsSigned(string column)
    {
        var (doctor, patientId, recordId) = await SignedAsync();
        await AddAsync(doctor, patientId, recordId, "First.");
        Assert.True(await StandsWholeAsync(doctor, recordId, 1));

        await Intruder.ForceAsync(
            $"UPDATE \"Addenda\" SET \"{column}\" = {await OtherValue.OfAsync(Clinic.Host, "Addenda", column)} WHERE \"RecordId\" = @p0",
            recordId);

        Assert.False(await StandsWholeAsync(doctor, recordId, 1));
    }

    [Fact]
    public async Task Addendum_SaidToBeOfTheFirstForm_DoesNotHold()
    {
        var (doctor, patientId, recordId) = await SignedAsync();
        await AddAsync(doctor, patientId, recordId, "First.");

        await Intruder.ForceAsync("UPDATE \"Addenda\" SET \"Form\" = 1 WHERE \"RecordId\" = @p0", recordId);

        Assert.False(Assert.Single((await ReadAsync(doctor, recordId)).Addenda).IsValid);
    }

    [Fact]
    public async Task Addendum_WhoseAuthorGotAnotherName_ShowsTheNameThatWasSigned()
    {
        var (doctor, patientId, recordId) = await SignedAsync();
        await AddAsync(doctor, patientId, recordId, "First.");
        var before = Assert.Single((await ReadAsync(doctor, recordId)).Addenda);

        await Intruder.ExecuteAsync("UPDATE \"Accounts\" SET \"DisplayName\" = 'Dr Nobody' WHERE \"Id\" = @p0", doctor.AccountId);
        var after = Assert.Single((await ReadAsync(doctor, recordId)).Addenda);

        Assert.Equal((before.AuthorName, true), (after.AuthorName, after.IsValid));
        Assert.NotEqual("Dr Nobody", after.AuthorName);
    }

    [Fact]
    public async Task Addendum_UnderTheNameOfAnother_DoesNotHold()
    {
        var (doctor, patientId, recordId) = await SignedAsync();
        await AddAsync(doctor, patientId, recordId, "First.");
        var (colleague, otherPatient, otherRecord) = await SignedAsync();
        await AddAsync(colleague, otherPatient, otherRecord, "Another.");

        await Intruder.ForceAsync(
            "UPDATE \"Addenda\" SET \"AuthorName\" = (SELECT \"AuthorName\" FROM \"Addenda\" WHERE \"RecordId\" = @p1) "
            + "WHERE \"RecordId\" = @p0",
            recordId, otherRecord);

        var shown = Assert.Single((await ReadAsync(doctor, recordId)).Addenda);
        Assert.Equal(((await Act(doctor)).DisplayName, false), (shown.AuthorName, shown.IsValid));
    }

    [Fact]
    public async Task Addendum_LastOfThreeTakenAway_IsMissingForEverWhateverIsAddedSince()
    {
        var (doctor, patientId, recordId) = await SignedAsync();
        foreach (var text in (string[])["First.", "Second.", "Third."])
        {
            await AddAsync(doctor, patientId, recordId, text);
        }

        await Intruder.ForceAsync("DELETE FROM \"Addenda\" WHERE \"RecordId\" = @p0 AND \"Number\" = 3", recordId);
        var record = await ReadAsync(doctor, recordId);

        Assert.Equal([true, true], record.Addenda.Select(addendum => addendum.IsValid));
        Assert.Equal(1, record.AddendaMissing);
        await AddAsync(doctor, patientId, recordId, "Another third.");
        record = await ReadAsync(doctor, recordId);
        Assert.Equal((3, 1), (record.Addenda.Count, record.AddendaMissing));
    }

    [Fact]
    public async Task Addendum_OnlyOneTakenAway_IsMissingForThePatientToo()
    {
        var (doctor, patient) = await PairAsync();
        var recordId = await Clinic.People.AddRecordAsync(patient.PatientId!.Value, patient, diagnosis: "Sinusitis.");
        await Records.SignAsync(await Act(doctor), patient.PatientId.Value, recordId, (await ReadAsync(doctor, recordId)).Version, default);
        await AddAsync(doctor, patient.PatientId.Value, recordId, "First.");
        Assert.Equal(0, (await ReadAsync(patient, recordId)).AddendaMissing);

        await Intruder.ForceAsync("DELETE FROM \"Addenda\" WHERE \"RecordId\" = @p0", recordId);

        Assert.Equal(1, (await ReadAsync(doctor, recordId)).AddendaMissing);
        Assert.Equal(1, (await ReadAsync(patient, recordId)).AddendaMissing);
    }

    [Fact]
    [Trait("Requirement", "B-14")]
    public async Task AddAddendum_ArrivingTwiceOrRefused_IsNoneMissing()
    {
        var (doctor, patientId, recordId) = await SignedAsync();
        var command = CommandId.New();

        await Amendments.AddAddendumAsync((await Act(doctor)).Doing(command), patientId, recordId, "Once.", null, default);
        await Amendments.AddAddendumAsync((await Act(doctor)).Doing(command), patientId, recordId, "Once.", null, default);
        await Amendments.AddAddendumAsync(await Act(doctor), patientId, recordId, "Never.", Clinic.Host.Clock.Now(), default);
        await Amendments.AddAddendumAsync(await Act(doctor), patientId, recordId, " ", null, default);

        Assert.True(await StandsWholeAsync(doctor, recordId, 1));
    }

    [Fact]
    public async Task Addendum_OfTheFirstForm_IsReadHoldsAndIsBuiltUpon()
    {
        var (doctor, patientId, recordId) = await SignedAsync();
        await AddAsync(doctor, patientId, recordId, "New.");
        var protector = Clinic.Host.Get<FieldProtector>();
        await using (var db = await Clinic.Host.OpenAsync())
        {
            var stored = await db.Set<Addendum>().SingleAsync(row => row.RecordId == recordId);
            var locking = await db.Set<Signature>().SingleAsync(row => row.RecordId == recordId);
            var key = await db.Set<SigningKey>().SingleAsync(row => row.AccountId == doctor.AccountId);
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportPkcs8PrivateKey(
                Convert.FromBase64String(protector.Open(key.PrivateKey, FieldPlace.Of(key, nameof(key.PrivateKey)))), out _);

            // The form as it was written out before there was another.
            var bytes = SignedForm.Bytes(
            [
                "addendum 1", $"{stored.Id:D}", $"{patientId:D}", $"{recordId:D}", "1", $"{doctor.AccountId:D}",
                SignedForm.Number(stored.RecordedAt.UtcTicks), "New.", Convert.ToBase64String(locking.Value), null,
            ]);
            await Intruder.ForceAsync(
                "UPDATE \"Addenda\" SET \"Form\" = 1, \"AuthorName\" = NULL, \"Signature\" = @p1 WHERE \"RecordId\" = @p0",
                recordId, ecdsa.SignData(bytes, HashAlgorithmName.SHA256));
        }

        await AddAsync(doctor, patientId, recordId, "Newer.");
        var record = await ReadAsync(doctor, recordId);

        var name = (await Act(doctor)).DisplayName;
        Assert.Equal([("New.", name, true), ("Newer.", name, true)],
            record.Addenda.Select(addendum => (addendum.Text, addendum.AuthorName, addendum.IsValid)));
        Assert.Equal(0, record.AddendaMissing);
    }

    /// <summary>True when the page shows so many addenda, each as signed, and none as missing.</summary>
    private async Task<bool> StandsWholeAsync(TestPerson reader, Guid recordId, int count)
    {
        try
        {
            var record = await ReadAsync(reader, recordId);
            return record.Addenda.Count == count && record.Addenda.All(addendum => addendum.IsValid) && record.AddendaMissing == 0;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private async Task<RecordDetails> ReadAsync(TestPerson reader, Guid recordId) =>
        (await Records.GetAsync(await Act(reader), recordId, default)).Value;
}
