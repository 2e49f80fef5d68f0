using System.Data.Common;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Patients;

/// <summary>Whoever is much alike to somebody known is shown before they are registered again.</summary>
[Trait("Requirement", "B-10")]
public abstract class DuplicateTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : DuplicateTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : DuplicateTests(clinic), IClassFixture<PostgresClinic>;

    private PatientService Patients => clinic.Host.Get<PatientService>();

    [Fact]
    public async Task Register_WhileSomebodyMuchAlikeIsRegistered_StillNeedsAReason()
    {
        var meeting = new Meeting();
        await using var host = await DomainHost.StartAsync(clinic.Host.Kind, services => services
            .ConfigureDbContext<SqliteClinicDbContext>(options => options.AddInterceptors(meeting))
            .ConfigureDbContext<PostgresClinicDbContext>(options => options.AddInterceptors(meeting)));
        var actor = await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Reception));
        var twin = new NewPatient("Theodora", "Winterbourne", "1961-02-03", Sex.Female);
        meeting.BeforeANumberIsDrawn(() => host.Get<PatientService>().RegisterAsync(actor, twin, default));

        var second = await host.Get<PatientService>().RegisterAsync(actor, twin, default);

        Assert.Equal(nameof(NewPatient.DuplicateReason), Assert.Single(second.Error!.Fields).Field);
    }

    [Fact]
    public async Task Register_SomebodyMuchAlike_NeedsAReasonWhichIsAudited()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        var actor = await clinic.People.ActorAsync(reception);
        await Patients.RegisterAsync(actor, new NewPatient("Marguerite", "Delacroix", "1971-08-09", Sex.Female, "(555) 018-4411"), default);
        var again = new NewPatient("Margaret", "Delacroix", "1971-09-08", Sex.Female, "+1 555 018 4411");

        var refused = await Patients.RegisterAsync(actor, again, default);
        var candidates = (await Patients.DuplicatesAsync(actor, again, default)).Value;
        var registered = await Patients.RegisterAsync(actor, again with { DuplicateReason = "Her aunt, the same line." }, default);

        Assert.Equal(nameof(NewPatient.DuplicateReason), Assert.Single(refused.Error!.Fields).Field);
        Assert.Equal([DuplicateSign.NameSound, DuplicateSign.BirthDateAlmost, DuplicateSign.Phone], Assert.Single(candidates).Signs);
        await using var db = await clinic.Host.OpenAsync();
        Assert.Equal("Her aunt, the same line.",
            (await db.Set<Patient>().SingleAsync(patient => patient.Id == registered.Value)).DuplicateReason);
        Assert.True(
            await db.Set<AuditEntry>().AnyAsync(entry => entry.PatientId == registered.Value && entry.Act == AuditAct.DuplicateOverridden));
    }

    [Theory]
    [InlineData("Ottoline", "Brackenridge", "1999-01-01", null)]
    [InlineData("Zachary", "Unlikely", "1971-03-04", null)]
    [InlineData("Zachary", "Unlikely", "1999-01-01", "(555) 018-4499")]
    public async Task Duplicates_OneSignAlone_IsNone(string given, string family, string birthDate, string? phone)
    {
        var actor = await Act(Roles.Reception);
        await Patients.RegisterAsync(actor, new NewPatient("Ottilie", "Brackenridge", "1971-03-04", Sex.Female, "(555) 018-4499"), default);

        Assert.DoesNotContain((await Patients.DuplicatesAsync(actor, new NewPatient(given, family, birthDate, Sex.Female, phone), default))
            .Value, row => row.GivenName == "Ottilie");
    }

    [Theory]
    [InlineData("Gwendolyn", "Crowded", "1971-03-04", null, DuplicateSign.Name, DuplicateSign.BirthDate)]
    [InlineData("Gwendolin", "Crowded", "1971-03-04", null, DuplicateSign.NameSound, DuplicateSign.BirthDate)]
    [InlineData("Gwendolyn", "Crowded", "1971-04-03", null, DuplicateSign.Name, DuplicateSign.BirthDateAlmost)]
    [InlineData("Gwendolyn", "Crowded", "1927-11-30", "(555) 018-4477", DuplicateSign.Name, DuplicateSign.Phone)]
    public async Task Duplicates_AmongAHundredOfTheSameName_AreFound(
        string given, string family, string birthDate, string? phone, params DuplicateSign[] signs)
    {
        await using var host = await DomainHost.StartAsync(clinic.Host.Kind);
        var actor = await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Reception));
        await host.ArrangeAsync(db => Enumerable.Range(0, 100).ToList().ForEach(i =>
        {
            var (isOne, id) = (i == 80, host.Clock.NewId());
            var patient = new Patient { Id = id, Number = 50_000 + i, RegisteredAt = host.Clock.Now() };
            patient.Identify("Gwendolyn", "Crowded", isOne ? new(1971, 3, 4) : new DateOnly(1950, 5, 10).AddDays(i), Sex.Female);
            patient.SetContact(isOne ? "+15550184477" : "+15550184400", email: null, address: null);
            db.Add(patient);
        }));

        var found = await host.Get<PatientService>().DuplicatesAsync(actor, new(given, family, birthDate, Sex.Female, phone), default);

        Assert.Equal(signs, Assert.Single(found.Value).Signs);
    }

    private async Task<Actor> Act(Roles roles) => await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(roles));

    /// <summary>Lets something happen just before a registration draws its number.</summary>
    private sealed class Meeting : DbCommandInterceptor
    {
        private Func<Task>? act;

        public void BeforeANumberIsDrawn(Func<Task> meanwhile) => act = meanwhile;

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default)
        {
            if (command.CommandText.Contains("max(", StringComparison.OrdinalIgnoreCase) && Interlocked.Exchange(ref act, null) is { } now)
            {
                await now();
            }

            return result;
        }
    }
}
