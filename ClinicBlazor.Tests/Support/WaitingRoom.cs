using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Support;

/// <summary>A clinic with many patients who are signed in at once, for measuring.</summary>
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
                var patient = new Patient { Id = app.Clock.NewId(), Number = 90_000 - i, RegisteredAt = app.Clock.Now() };
                patient.Identify("Pat", $"Waiting{i}", new DateOnly(1980, 5, 17), Sex.Female);
                db.Set<Patient>().Add(patient);
                await db.SaveChangesAsync();
                db.Set<Account>().AsTracking().Single(account => account.Email == email).LinkTo(patient.Id);
                await db.SaveChangesAsync();
            }

            sessions.Add(await app.OpenSessionAsync(email, new ClientInfo("127.0.0.1", browser)));
        }

        return sessions;
    }
}
