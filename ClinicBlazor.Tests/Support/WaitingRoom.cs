using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Visits;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Support;

/// <summary>Clinics with many people at once, for measuring: patients who are signed in, or who stand on the board.</summary>
public static class WaitingRoom
{
    /// <summary>Makes them in a data directory that no server uses at the moment; answers with what their browsers' cookies hold.</summary>
    /// <param name="dataDirectory">The clinic's data; a clinic is made where there is none.</param>
    /// <param name="count">How many.</param>
    /// <param name="browser">Their browsers' name, to which the sessions are bound.</param>
    public static async Task<IReadOnlyList<string>> FillAsync(string dataDirectory, int count, string browser)
    {
        await using var app = await AppHost.StartAsync(new Dictionary<string, string?> { ["Clinic:DataDirectory"] = dataDirectory });
        var sessions = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var email = await app.AddPersonAsync(Roles.Patient);
            await using (var db = await app.OpenAsync())
            {
                var patient = Somebody(app, i);
                db.Set<Patient>().Add(patient);
                await db.SaveChangesAsync();
                db.Set<Account>().AsTracking().Single(account => account.Email == email).LinkTo(patient.Id);
                await db.SaveChangesAsync();
            }

            sessions.Add(await app.OpenSessionAsync(email, new ClientInfo("127.0.0.1", browser)));
        }

        return sessions;
    }

    /// <summary>
    /// Checks patients in, and signs nurses in, in a data directory that no server uses at the moment; answers with what the nurses'
    /// browsers hold.
    /// </summary>
    /// <param name="dataDirectory">The clinic's data; a clinic is made where there is none.</param>
    /// <param name="patients">How many wait.</param>
    /// <param name="nurses">How many are signed in.</param>
    /// <param name="browser">The nurses' browsers' name, to which the sessions are bound.</param>
    public static async Task<IReadOnlyList<string>> FillBoardAsync(string dataDirectory, int patients, int nurses, string browser)
    {
        await using var app = await AppHost.StartAsync(new Dictionary<string, string?> { ["Clinic:DataDirectory"] = dataDirectory });
        await using (var db = await app.OpenAsync())
        {
            // Only a visit that somebody else has opened is anybody's to go on with.
            var desk = await db.Set<Account>().Where(row => row.Email == "reception@clinic.example").Select(row => row.Id).SingleAsync();
            for (var i = 0; i < patients; i++)
            {
                var patient = Somebody(app, i);
                var (visit, begun) = Visit.CheckIn(app.Clock.NewId(), patient.Id, doctorId: null,
                    new VisitStep(app.Clock.NewId(), desk, app.Clock.Now()));
                db.AddRange(patient, visit, begun);
            }

            await db.SaveChangesAsync();
        }

        var sessions = new List<string>();
        for (var i = 0; i < nurses; i++)
        {
            sessions.Add(await app.OpenSessionAsync(await app.AddPersonAsync(Roles.Nurse, enrolled: true),
                new ClientInfo("127.0.0.1", browser)));
        }

        return sessions;
    }

    private static Patient Somebody(AppHost app, int number)
    {
        var patient = new Patient { Id = app.Clock.NewId(), Number = 90_000 - number, RegisteredAt = app.Clock.Now() };
        patient.Identify("Pat", $"Waiting{number}", new DateOnly(1980, 5, 17), Sex.Female);
        return patient;
    }
}
