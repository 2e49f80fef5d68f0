using System.Diagnostics;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Composition.Commands;

/// <summary>The change of keys as a process of its own, which is killed in the middle.</summary>
[Trait("Requirement", "S4-05")]
public sealed class RotateKeysTests
{
    private const int Patients = 8000;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task RotateKeys_KilledInTheMiddle_GoesOnAndLosesNothing(DatabaseKind kind)
    {
        var key = MasterKey.Generate();
        await using var host = await DomainHost.StartAsync(kind, masterKey: key);
        await host.People.AddStaffAsync(Roles.Doctor);
        var ids = await AddPatientsAsync(host);

        using (var process = Start(host, key))
        {
            // On a thread of its own: where the pool is busy, the program would be done before it is killed.
            await Task.Factory.StartNew(() => KillAfterTheFirstPatients(process), CancellationToken.None,
                TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await process.WaitForExitAsync();
        }

        var between = await KeysInUseAsync(host);
        Assert.True(between.Count == 2 && between.Values.All(count => count > 0),
            $"Killed too early or too late: {string.Join(", ", between)}");

        using var again = Start(host, key);
        var (output, errors) = (again.StandardOutput.ReadToEndAsync(), again.StandardError.ReadToEndAsync());
        await again.WaitForExitAsync();

        Assert.True(again.ExitCode == 0, await errors);
        Assert.Contains("2 old keys retired", await output, StringComparison.Ordinal);
        Assert.Equal(between.Keys.Max(), Assert.Single(await KeysInUseAsync(host)).Key);
        await using var instance = await host.StartAgainAsync();
        var protector = (FieldProtector)instance.GetService(typeof(FieldProtector))!;
        await using var db = await host.OpenAsync();
        Assert.Equal(3, await db.Set<DataKey>().CountAsync(row => row.Purpose != KeyPurpose.Audit));
        var stored = await db.Set<Patient>().ToDictionaryAsync(patient => patient.Id);
        var index = (BlindIndex)instance.GetService(typeof(BlindIndex))!;
        Assert.All(ids, (id, i) =>
        {
            Assert.Equal(SsnOf(i), protector.Open(stored[id].Ssn!, FieldPlace.Of(stored[id], nameof(Patient.Ssn))));
            Assert.Equal(index.Of(nameof(Patient.Ssn), SsnOf(i)), stored[id].SsnIndex);
        });
    }

    private static string SsnOf(int i) => $"9{70 + (i / 1000):D2}{i % 1000:D3}{i % 7:D3}";

    private static async Task<IReadOnlyList<Guid>> AddPatientsAsync(DomainHost host)
    {
        var (protector, index) = (host.Get<FieldProtector>(), host.Get<BlindIndex>());
        var ids = Enumerable.Range(0, Patients).Select(_ => Guid.CreateVersion7()).ToList();
        await host.ArrangeAsync(db => db.Set<Patient>().AddRange(ids.Select((id, i) =>
        {
            var patient = new Patient { Id = id, Number = 20_000 + i, RegisteredAt = host.Clock.Now() };
            patient.Identify("Pat", "Number", new DateOnly(1980, 5, 17), Sex.Female);
            patient.SetIdentifiers(protector.Seal(SsnOf(i), FieldPlace.Of(patient, nameof(Patient.Ssn))),
                index.Of(nameof(Patient.Ssn), SsnOf(i)), tin: null);
            return patient;
        })));
        return ids;
    }

    private static async Task<Dictionary<int, int>> KeysInUseAsync(DomainHost host)
    {
        await using var db = await host.OpenAsync();
        var values = await db.Set<Patient>().Where(patient => patient.Ssn != null).Select(patient => patient.Ssn!).ToListAsync();
        return values.GroupBy(value => Envelope.KeyIdOf(value.Envelope)).ToDictionary(group => group.Key, group => group.Count());
    }

    private static void KillAfterTheFirstPatients(Process process)
    {
        while (process.StandardOutput.ReadLine() is { } line && !line.StartsWith("Patients: ", StringComparison.Ordinal))
        {
        }

        process.Kill();
    }

    private static Process Start(DomainHost host, string key)
    {
        var start = ClinicProgram.Start("rotate-keys");
        start.RedirectStandardError = true;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Clinic__DataDirectory"] = host.Settings.DataDirectory;
        start.Environment["Clinic__Database"] = host.Kind.ToString();
        start.Environment["ConnectionStrings__Clinic"] = host.Settings.ConnectionString;
        start.Environment["Clinic__MasterKey"] = key;
        start.Environment["Clinic__Keys__GraceSeconds"] = "0";
        return Process.Start(start)!;
    }
}
