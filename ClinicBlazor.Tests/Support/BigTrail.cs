using System.Globalization;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Support;

/// <summary>
/// A trail of as many genuine entries as are asked for, over the last five years, each with its MAC and its place in the chain. On
/// SQLite, and written past everything that guards it: a program could not do the same in minutes.
/// </summary>
public static class BigTrail
{
    /// <summary>Staff whose acts they are.</summary>
    public const int Staff = 25;

    private const int Days = 5 * 365;
    private const int Patients = 2000;
    private const int InAList = 18;
    private const int AtOnce = 100_000;

    // Of a hundred acts so many each: reading is most of a clinic's day.
    private static readonly (AuditAct Act, AuditOutcome Outcome, int Share)[] Day =
    [
        (AuditAct.PatientRead, AuditOutcome.Done, 30), (AuditAct.RecordRead, AuditOutcome.Done, 25),
        (AuditAct.QueueRead, AuditOutcome.Done, 16), (AuditAct.VisitRead, AuditOutcome.Done, 10),
        (AuditAct.SignIn, AuditOutcome.Done, 5), (AuditAct.SignOut, AuditOutcome.Done, 4),
        (AuditAct.PatientsListed, AuditOutcome.Done, 3), (AuditAct.DiagnosisSaved, AuditOutcome.Done, 2),
        (AuditAct.RecordSigned, AuditOutcome.Done, 1), (AuditAct.IdentifierShown, AuditOutcome.Done, 1),
        (AuditAct.PatientRead, AuditOutcome.Denied, 1), (AuditAct.SignIn, AuditOutcome.Failed, 1),
        (AuditAct.RolesGiven, AuditOutcome.Done, 1),
    ];

    private static readonly (AuditAct Act, AuditOutcome Outcome)[] Acts =
        [.. Day.SelectMany(row => Enumerable.Repeat((row.Act, row.Outcome), row.Share))];

    /// <summary>Fills the trail of a clinic on SQLite; answers with one of the staff and the number of one of the patients.</summary>
    public static async Task<(TestPerson Person, int PatientNumber)> FillAsync(DomainHost host, int entries)
    {
        var staff = new List<TestPerson>();
        for (var i = 0; i < Staff; i++)
        {
            staff.Add(await host.People.AddStaffAsync(Roles.Doctor));
        }

        var patients = new List<Guid> { await host.People.AddChartAsync() };
        patients.AddRange(Enumerable.Range(1, Patients - 1).Select(_ => host.Clock.NewId()));
        await host.Get<AuditSealer>().SealPendingAsync(CancellationToken.None);
        await using var db = await host.OpenAsync();
        var last = await db.Set<AuditSeal>().OrderByDescending(seal => seal.Sequence).FirstAsync();
        Write(host, entries, [.. staff.Select(person => person.AccountId)], patients, last);
        return (staff[0],
            await db.Set<PatientNumber>().Where(row => row.Id == patients[0]).Select(row => row.Number).SingleAsync());
    }

    private static void Write(DomainHost host, int entries, Guid[] staff, List<Guid> patients, AuditSeal last)
    {
        var mac = host.Get<AuditMac>();
        var start = host.Clock.Now().AddDays(-Days);
        var step = TimeSpan.FromDays(Days).Ticks / (entries + 1L);
        using var connection = new SqliteConnection($"Data Source={host.Settings.SqliteFile}");
        connection.Open();
        Execute(connection, "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA temp_store = MEMORY");
        for (var from = 0; from < entries; from += AtOnce)
        {
            using var transaction = connection.BeginTransaction();
            using var entry = Insert(connection, transaction, "AuditEntries", "Id", "At", "AccountId", "Role", "Act", "Outcome", "Level",
                "PatientId", "RecordId", "Address", "UserAgent", "Form", "KeyId", "Mac");
            using var seal = Insert(connection, transaction, "AuditSeals", "Sequence", "EntryId", "KeyId", "Mac");
            using var list = Insert(connection, transaction, "AuditListed", "EntryId", "PatientId");
            for (var i = from; i < Math.Min(from + AtOnce, entries); i++)
            {
                var (act, outcome) = Acts[(int)(i * 37L % Acts.Length)];
                var at = new DateTimeOffset((start.UtcTicks + (step * i)) / 10 * 10, TimeSpan.Zero);
                var isList = act == AuditAct.PatientsListed;
                var listed = isList
                    ? [.. Enumerable.Range(0, InAList).Select(n => patients[(i + (n * 97)) % Patients]).Distinct()] : Array.Empty<Guid>();
                var signed = mac.Sign(new AuditEntry
                {
                    Id = Guid.CreateVersion7(at), At = at, AccountId = staff[i % staff.Length], Role = nameof(Roles.Doctor), Act = act,
                    Outcome = outcome, Level = AuditLevels.Of(act, outcome),
                    PatientId = isList || AuditKinds.Of(act) != AuditKind.Patients ? null : patients[i % Patients],
                    RecordId = act is AuditAct.RecordRead or AuditAct.RecordSigned ? patients[(i * 7) % Patients] : null,
                    Address = "192.0.2.10", UserAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
                }, listed);
                last = mac.Seal(last, signed.Id, signed.Mac);
                Run(entry, Text(signed.Id), at.UtcTicks, Text(signed.AccountId), signed.Role, $"{act}", $"{outcome}", $"{signed.Level}",
                    Text(signed.PatientId), Text(signed.RecordId), signed.Address, signed.UserAgent, signed.Form, signed.KeyId, signed.Mac);
                Run(seal, last.Sequence, Text(signed.Id), last.KeyId, last.Mac);
                foreach (var patient in listed)
                {
                    Run(list, Text(signed.Id), Text(patient));
                }
            }

            transaction.Commit();
        }

        Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static string? Text(Guid? id) => id?.ToString("D").ToUpperInvariant();

    private static void Run(SqliteCommand command, params object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        command.ExecuteNonQuery();
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "All of it is made here.")]
    private static SqliteCommand Insert(SqliteConnection connection, SqliteTransaction transaction, string table, params string[] columns)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        var names = string.Join(", ", columns.Select(column => $"\"{column}\""));
        var values = string.Join(", ", columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"@p{i}")));
        command.CommandText = $"INSERT INTO \"{table}\" ({names}) VALUES ({values})";
        for (var i = 0; i < columns.Length; i++)
        {
            command.Parameters.Add(new SqliteParameter(string.Create(CultureInfo.InvariantCulture, $"@p{i}"), null));
        }

        command.Prepare();
        return command;
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "All of it is made here.")]
    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
