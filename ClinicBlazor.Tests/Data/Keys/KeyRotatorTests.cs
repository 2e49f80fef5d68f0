using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Data.Keys;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Tests.Protection;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Data.Keys;

/// <summary>New data keys: everything is sealed anew and reads as before, and the old ones go.</summary>
[Trait("Requirement", "S4-05")]
public abstract class KeyRotatorTests(DatabaseKind kind)
{
    public sealed class OnSqlite() : KeyRotatorTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : KeyRotatorTests(DatabaseKind.Postgres);

    [Fact]
    public async Task RunAsync_OnAChart_SealsEverythingAnewAndRetiresTheOldKeys()
    {
        await using var host = await StartAsync();
        await host.Get<AuditAnchors>().BeginAsync(default);
        var chart = await (await SealedChart.AddAsync(host)).AmendAsync();
        var (before, oldKeys, oldIndex) = (await chart.ReadAsync(), await KeysAsync(host), await IndexAsync(host, chart.PatientId));
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        var seen = new List<ResealProgress>();
        var outcome = await host.Get<KeyRotator>().RunAsync(new Listener(seen), default);

        Assert.Equal((0, 2), (outcome.Unreadable, outcome.Retired));
        Assert.True(outcome.Resealed > 5);
        Assert.True(seen.Zip(seen.Skip(1)).Count(pair => pair.Second.Rows < pair.First.Rows) <= 2, "Each pass counts up.");
        Assert.Equal(before, await chart.ReadAsync());
        Assert.NotEqual(oldIndex, await IndexAsync(host, chart.PatientId));
        var keys = await KeysAsync(host);
        Assert.Equal(oldKeys.Where(key => key.Purpose is KeyPurpose.Audit or KeyPurpose.Token), keys.Where(key => oldKeys.Contains(key)));
        Assert.Equal(
            [KeyPurpose.Audit, KeyPurpose.Audit, KeyPurpose.BlindIndex, KeyPurpose.OwnedField, KeyPurpose.Token],
                keys.Select(key => key.Purpose).OrderBy(purpose => purpose.ToString(), StringComparer.Ordinal));
        await host.Get<AuditSealer>().SealPendingAsync(default);
        Assert.True((await host.Get<AuditCheck>().RunAsync(null, default)).IsIntact);
        await using var instance = await host.StartAgainAsync();
        Assert.Equal(before, await chart.ReadAsync(instance));
    }

    [Fact]
    public async Task RunAsync_WhileAnotherInstanceStillHasTheOldKeys_LosesNothingOfEither()
    {
        await using var host = await StartAsync(graceSeconds: 60);
        var chart = await SealedChart.AddAsync(host);
        await using var other = await host.StartAgainAsync();
        await host.ArrangeAsync(db =>
        {
            db.Set<KeyRotation>().Add(new KeyRotation { Id = Guid.CreateVersion7(), StartedAt = host.Clock.GetUtcNow() });
            host.Get<KeyStore>().Add(db, host.MasterKey, host.Get<KeyStore>().ReadAsync(default).GetAwaiter().GetResult(),
                [KeyPurpose.OwnedField, KeyPurpose.BlindIndex]);
        });
        await host.Get<KeyStore>().ReloadAsync(default);

        // Within the time of grace nobody seals with a key that others may not know.
        Assert.Equal(other.GetRequiredService<KeyRing>().Current(KeyPurpose.OwnedField).Id,
            host.Get<KeyRing>().Current(KeyPurpose.OwnedField).Id);
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        await other.GetRequiredService<KeyStore>().ReloadAsync(default);
        Assert.Equal(other.GetRequiredService<KeyRing>().Current(KeyPurpose.OwnedField).Id,
            host.Get<KeyRing>().Current(KeyPurpose.OwnedField).Id);

        // A patient under the old index is found by instances that already make the new one, and is refused a second time.
        Assert.Contains("found by SSN: 1", await chart.ReadAsync());
        var desk = await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Reception));
        var twice = await host.Get<PatientService>()
            .RegisterAsync(desk, new NewPatient("Una", "Twin", "1980-01-01", Sex.Female, Ssn: "900-12-3487"), default);
        Assert.Equal(ErrorKind.Invalid, twice.Error!.Kind);
    }

    [Fact]
    public async Task RunAsync_WithAValueThatDoesNotOpen_KeepsTheOldKeys()
    {
        await using var host = await StartAsync();
        var chart = await SealedChart.AddAsync(host);
        var other = await host.People.AddChartAsync();
        var before = await chart.ReadAsync();
        await new Intruder(host).ForceAsync("UPDATE \"MedicalRecords\" SET \"PatientId\" = @p0 WHERE \"Id\" = @p1", other, chart.Signed);

        var outcome = await host.Get<KeyRotator>().RunAsync(null, default);
        Assert.Equal((3, 0), (outcome.Unreadable, outcome.Retired));

        // Put back where it came from, it opens again, and the next change of keys takes it along.
        await new Intruder(host).ForceAsync("UPDATE \"MedicalRecords\" SET \"PatientId\" = @p0 WHERE \"Id\" = @p1", chart.PatientId,
            chart.Signed);
        Assert.Equal(before, await chart.ReadAsync());
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        outcome = await host.Get<KeyRotator>().RunAsync(null, default);
        Assert.Equal((0, 4), (outcome.Unreadable, outcome.Retired));
        Assert.Equal(before, await chart.ReadAsync());
    }

    [Fact]
    [Trait("Requirement", "B-14")]
    public async Task RunAsync_BetweenAnActAndItsRepetition_LeavesItOneActAnsweredTheSame()
    {
        await using var host = await StartAsync();
        var reception = (await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Reception))).Doing(CommandId.New());
        var input = new NewPatient("Nele", "Newcomer", "1990-01-01", Sex.Female);
        var first = await host.Get<PatientService>().RegisterAsync(reception, input, default);
        await host.Get<KeyRotator>().RunAsync(null, default);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Get<KeyRotator>().RunAsync(null, default);

        Assert.Equal(first.Value, (await host.Get<PatientService>().RegisterAsync(reception, input, default)).Value);
    }

    private Task<DomainHost> StartAsync(int graceSeconds = 0) =>
        DomainHost.StartAsync(kind, services => services.Configure<ClinicSettings>(settings => settings.Keys.GraceSeconds = graceSeconds));

    private static async Task<IReadOnlyList<(int Id, KeyPurpose Purpose)>> KeysAsync(DomainHost host)
    {
        await using var db = await host.OpenAsync();
        return [.. (await db.Set<DataKey>().OrderBy(key => key.Id).ToListAsync()).Select(key => (key.Id, key.Purpose))];
    }

    private static async Task<string> IndexAsync(DomainHost host, Guid patientId)
    {
        await using var db = await host.OpenAsync();
        return Convert.ToHexString((await db.Set<Patient>().SingleAsync(row => row.Id == patientId)).SsnIndex!);
    }

    private sealed class Listener(List<ResealProgress> seen) : IProgress<ResealProgress>
    {
        public void Report(ResealProgress value) => seen.Add(value);
    }
}
