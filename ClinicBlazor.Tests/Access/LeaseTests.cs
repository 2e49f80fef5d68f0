using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Access;

/// <summary>Contexts are pooled: what one lease may see must be gone when the next one takes its context.</summary>
[Trait("Requirement", "S4-01")]
public abstract class LeaseTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : LeaseTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : LeaseTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    public async Task Query_LeaseWithoutAScope_Throws()
    {
        await using var db = await clinic.Host.LeaseAsync();
        var tables = PatientTables.Of(db);

        Assert.NotEmpty(tables);
        foreach (var table in tables)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(table.ReadPatientIdsAsync);
        }
    }

    [Fact]
    public async Task SaveChangesAsync_LeaseWithoutAScope_Throws()
    {
        var patientId = await clinic.People.AddChartAsync();
        await using var db = await clinic.Host.LeaseAsync();
        var step = new VisitStep(clinic.Host.Clock.NewId(), null, clinic.Host.Clock.Now());
        db.Set<Visit>().Add(Visit.CheckIn(clinic.Host.Clock.NewId(), patientId, null, step).Visit);

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
    }

    [Fact]
    public async Task Enter_ASecondTime_Throws()
    {
        await using var db = await clinic.Host.OpenAsync();

        Assert.Throws<InvalidOperationException>(() => db.Enter(AccessScope.Unrestricted(clinic.Host.Clock.Now())));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Lease_OfAContextThatWasUsed_InheritsNeitherScopeNorRows(bool asynchronously)
    {
        // A clinic alone, so that the pool holds no other context than the one that was given back.
        await using var host = await DomainHost.StartAsync(clinic.Host.Kind);
        var patientId = await host.People.AddChartAsync();
        var first = await host.OpenAsync();
        Assert.NotNull(await first.Set<Patient>().AsTracking().SingleAsync(patient => patient.Id == patientId));
        await ReturnAsync(first, asynchronously);

        await using var second = await host.LeaseAsync();

        Assert.Same(first, second);
        Assert.Throws<InvalidOperationException>(() => second.Scope);
        Assert.Empty(second.ChangeTracker.Entries());
        await Assert.ThrowsAsync<InvalidOperationException>(() => second.Set<Patient>().AnyAsync());
    }

    [Fact]
    public async Task RunAsync_ManyAtOnce_EachSeesOnlyTheirs()
    {
        var doctors = new List<(Actor Actor, Guid PatientId)>();
        for (var i = 0; i < 8; i++)
        {
            var (doctor, patientId) = (await clinic.People.AddStaffAsync(Roles.Doctor), await clinic.People.AddChartAsync());
            await clinic.People.AssignAsync(doctor, patientId);
            doctors.Add((await clinic.People.ActorAsync(doctor), patientId));
        }

        var calls = Enumerable.Range(0, 20).SelectMany(_ => doctors).Select(doctor => Task.Run(async () => (
            doctor.PatientId,
            Seen: await clinic.Host.Gate.RunAsync<List<Guid>>(
                doctor.Actor, new AccessRequest(Permission.PatientList, AuditAct.PatientsListed),
                async db => await db.Set<Patient>().Select(patient => patient.Id).ToListAsync(), default))));

        Assert.All(await Task.WhenAll(calls), call => Assert.Equal([call.PatientId], call.Seen.Value));
    }

    private static async Task ReturnAsync(ClinicDbContext db, bool asynchronously)
    {
        if (asynchronously)
        {
            await db.DisposeAsync();
        }
        else
        {
            // The other way to give a context back, which a service could take by mistake.
#pragma warning disable MA0042, CA1849 // Blocking is what is tested here.
            db.Dispose();
#pragma warning restore MA0042, CA1849
        }
    }
}
