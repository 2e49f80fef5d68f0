using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Access;

/// <summary>
/// What a lease shows, whatever a service asks of it: each role × each permission × each table of patients' rows × own,
/// assigned and foreign.
/// </summary>
[Trait("Requirement", "S4-01")]
[Trait("Requirement", "S1-01")]
public abstract class ScopedLeaseTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : ScopedLeaseTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : ScopedLeaseTests(clinic), IClassFixture<PostgresClinic>;

    [Theory]
    [InlineData(Roles.Patient)]
    [InlineData(Roles.Doctor)]
    [InlineData(Roles.Nurse)]
    [InlineData(Roles.Reception)]
    [InlineData(Roles.Administrator)]
    public async Task Lease_ForEachPermission_ShowsWhatTheTableGives(Roles role)
    {
        var (actor, charts) = await ArrangeAsync(role);
        foreach (var line in AccessPolicy.Table)
        {
            var reach = (Reach)typeof(AccessPolicy.Line).GetProperty(role.ToString())!.GetValue(line)!;
            await using var db = await clinic.Host.LeaseAsync();
            db.Enter(AccessScope.For(actor, line.Permission, clinic.Host.Clock.Now()));
            foreach (var table in PatientTables.Of(db))
            {
                var opens = line.Compartment == Compartment.Clinical
                    || (line.Compartment == Compartment.Demographic && table.IsDemographic);

                // What others still write at stays theirs, whatever chart it belongs to.
                var expected = charts.Where(chart => opens && !table.IsAuthorsAlone && IsWithin(reach, chart.Key));

                var visible = await table.ReadPatientIdsAsync();

                Assert.Equal(
                    expected.Select(chart => $"{line.Permission}, {table.Name}: {chart.Key}"),
                    charts.Where(chart => visible.Contains(chart.Value)).Select(chart => $"{line.Permission}, {table.Name}: {chart.Key}"));
            }
        }
    }

    [Fact]
    public async Task Lease_Unrestricted_FindsRowsOfEachChartInEachTable()
    {
        var (_, charts) = await ArrangeAsync(Roles.Doctor);
        await using var db = await clinic.Host.OpenAsync();

        foreach (var table in PatientTables.Of(db))
        {
            var present = await table.ReadPatientIdsAsync();
            Assert.All(charts.Values, patientId => Assert.Contains(patientId, present));
        }
    }

    private static bool IsWithin(Reach reach, Relation relation) =>
        reach.HasFlag(Reach.Everyone)
        || (reach.HasFlag(Reach.Self) && relation == Relation.Own)
        || ((reach & (Reach.Assigned | Reach.Team)) != Reach.None && relation == Relation.Assigned);

    private async Task<(Actor Actor, IReadOnlyDictionary<Relation, Guid> Charts)> ArrangeAsync(Roles role)
    {
        var author = await clinic.People.AddStaffAsync(Roles.Doctor);
        var person = role == Roles.Patient ? await clinic.People.AddPatientAsync() : await clinic.People.AddStaffAsync(role);
        var charts = new Dictionary<Relation, Guid>
        {
            [Relation.Own] = person.PatientId ?? await clinic.People.AddChartAsync(),
            [Relation.Assigned] = await clinic.People.AddChartAsync(),
            [Relation.Foreign] = await clinic.People.AddChartAsync(),
        };
        foreach (var patientId in charts.Values)
        {
            var visitId = await clinic.People.AddVisitAsync(patientId);
            await clinic.People.AddChargeAsync(patientId, visitId);
            var document = await TestDocuments.MakeAsync(clinic.Host, new NewDocument(patientId, "Letter.txt", VisitId: visitId),
                author.AccountId);
            await clinic.Host.ArrangeAsync(db => db.Add(document));
            await SignAsync(await clinic.People.AddRecordAsync(patientId, author, diagnosis: "Tension headache."), author);
            await DraftAsync(patientId, author);
            await RequestLinkAsync(patientId, author);
        }

        await clinic.People.AssignAsync(person, charts[Relation.Assigned]);
        await LinkAsync(person, charts[Relation.Own]);
        return (await clinic.People.ActorAsync(person), charts);
    }

    private async Task SignAsync(Guid recordId, TestPerson signer)
    {
        await using var db = await clinic.Host.OpenAsync();
        var record = await db.Set<MedicalRecord>().AsTracking().SingleAsync(row => row.Id == recordId);
        var diagnosis = await db.Set<Diagnosis>().SingleAsync(row => row.RecordId == recordId);
        var signature = await clinic.Host.Get<RecordSigner>().SignAsync(db, record, [diagnosis], signer.AccountId, default);
        db.Set<Signature>().Add(signature);
        record.Finalise();
        await db.SaveChangesAsync();

        var id = clinic.Host.Clock.NewId();
        db.Set<Addendum>().Add(new Addendum
        {
            Id = id,
            PatientId = record.PatientId,
            RecordId = recordId,
            Number = 1,
            AuthorId = signer.AccountId,
            Text = clinic.Host.Get<FieldProtector>()
                .Seal("Better.", FieldPlace.Of<Addendum>(id, Addendum.OwnerOf(record.PatientId, recordId), nameof(Addendum.Text))),
            RecordedAt = clinic.Host.Clock.Now(),
            KeyId = signature.KeyId,
        });
        await db.SaveChangesAsync();
    }

    private async Task RequestLinkAsync(Guid patientId, TestPerson author)
    {
        var account = await clinic.People.AddUnlinkedAsync();
        await clinic.Host.ArrangeAsync(db => db.Set<AccountLink>().Add(new AccountLink
        {
            Id = clinic.Host.Clock.NewId(),
            PatientId = patientId,
            AccountId = account.AccountId,
            Document = IdentityDocument.Passport,
            RequestedBy = author.AccountId,
            RequestedAt = clinic.Host.Clock.Now(),
            DueAt = clinic.Host.Clock.Now().AddDays(1),
        }));
    }

    private Task DraftAsync(Guid patientId, TestPerson author) => clinic.Host.ArrangeAsync(db =>
    {
        var id = clinic.Host.Clock.NewId();
        db.Set<Draft>().Add(new Draft
        {
            Id = id,
            PatientId = patientId,
            AuthorId = author.AccountId,
            Form = DraftService.NewRecordForm,
            Body = clinic.Host.Get<FieldProtector>()
                .Seal("{}", FieldPlace.Of<Draft>(id, Draft.OwnerOf(patientId, author.AccountId), nameof(Draft.Body))),
            SavedAt = clinic.Host.Clock.Now(),
        });
    });

    // Staff are patients of their own clinic at times; being staff must not open that chart.
    private async Task LinkAsync(TestPerson person, Guid patientId)
    {
        await using var db = await clinic.Host.OpenAsync();
        (await db.Set<Account>().AsTracking().SingleAsync(account => account.Id == person.AccountId)).LinkTo(patientId);
        await db.SaveChangesAsync();
    }
}
