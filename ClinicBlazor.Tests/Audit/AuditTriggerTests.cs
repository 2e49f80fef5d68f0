using System.Data.Common;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Audit;

/// <summary>The database itself refuses to change the audit trail, whoever is connected to it and with whatever settings.</summary>
[Trait("Requirement", "S2-13")]
public abstract class AuditTriggerTests(ClinicFixture clinic)
{
    private const string EntryColumns =
        "\"At\", \"AccountId\", \"Role\", \"SessionId\", \"Act\", \"Outcome\", \"Level\", \"PatientId\", \"RecordId\", \"VisitId\", \"SubjectId\", \"Address\", \"UserAgent\", \"KeyId\", \"Mac\"";

    public static TheoryData<string> Everywhere =>
    [
        "UPDATE \"AuditEntries\" SET \"Outcome\" = 'Done'",
        "UPDATE \"AuditEntries\" SET \"Id\" = \"Id\"",
        "DELETE FROM \"AuditEntries\"",
        "UPDATE \"AuditSeals\" SET \"Sequence\" = \"Sequence\" + 1000",
        "DELETE FROM \"AuditSeals\" WHERE \"Sequence\" = 2",
        "UPDATE \"AuditListed\" SET \"PatientId\" = \"PatientId\"",
        "DELETE FROM \"AuditListed\"",
        $"INSERT INTO \"AuditEntries\" (\"Id\", {EntryColumns}) SELECT \"Id\", {EntryColumns} FROM \"AuditEntries\" WHERE true ON CONFLICT (\"Id\") DO UPDATE SET \"Role\" = ''",
        "INSERT INTO \"AuditSeals\" SELECT * FROM \"AuditSeals\" WHERE \"Sequence\" = 2 ON CONFLICT (\"Sequence\") DO UPDATE SET \"KeyId\" = 9",
    ];

    public sealed class OnSqlite(SqliteClinic clinic) : AuditTriggerTests(clinic), IClassFixture<SqliteClinic>
    {
        [Theory]
        [InlineData(
            $"INSERT OR REPLACE INTO \"AuditEntries\" (\"Id\", {EntryColumns}) SELECT \"Id\", {EntryColumns} FROM \"AuditEntries\"")]
        [InlineData($"REPLACE INTO \"AuditEntries\" (\"Id\", {EntryColumns}) SELECT \"Id\", {EntryColumns} FROM \"AuditEntries\" LIMIT 1")]
        [InlineData("UPDATE OR REPLACE \"AuditEntries\" SET \"Id\" = (SELECT max(\"Id\") FROM \"AuditEntries\")")]
        [InlineData(
            "INSERT OR REPLACE INTO \"AuditSeals\" (\"Sequence\", \"EntryId\", \"KeyId\", \"Mac\") SELECT 2, \"EntryId\", \"KeyId\", \"Mac\" FROM \"AuditSeals\" WHERE \"Sequence\" = 3")]
        [InlineData(
            "INSERT OR REPLACE INTO \"AuditSeals\" (\"Sequence\", \"EntryId\", \"KeyId\", \"Mac\") SELECT 99, \"EntryId\", \"KeyId\", \"Mac\" FROM \"AuditSeals\" WHERE \"Sequence\" = 2")]
        [InlineData("INSERT OR REPLACE INTO \"AuditListed\" SELECT * FROM \"AuditListed\"")]
        public Task Execute_ReplacingARow_IsRefused(string statement) => AssertRefusedAsync(statement);
    }

    public sealed class OnPostgres(PostgresClinic clinic) : AuditTriggerTests(clinic), IClassFixture<PostgresClinic>
    {
        [Theory]
        [InlineData("TRUNCATE \"AuditEntries\"")]
        [InlineData("TRUNCATE \"AuditEntries\", \"AuditSeals\", \"AuditPending\" CASCADE")]
        [InlineData("TRUNCATE \"AuditSeals\" RESTART IDENTITY")]
        [InlineData("TRUNCATE \"AuditListed\"")]
        public Task Execute_Truncating_IsRefused(string statement) => AssertRefusedAsync(statement);
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public Task Execute_ChangingOrDeleting_IsRefused(string statement) => AssertRefusedAsync(statement);

    private async Task AssertRefusedAsync(string statement)
    {
        await AuditSamples.WriteAsync(clinic.Host, 4);
        await AuditSamples.WriteListAsync(clinic.Host, clinic.Host.Clock.NewId(), clinic.Host.Clock.NewId());
        var intruder = new Intruder(clinic.Host);
        var before = await SnapshotAsync(intruder);

        await Assert.ThrowsAnyAsync<DbException>(() => intruder.ExecuteAsync(statement));

        Assert.Equal(before, await SnapshotAsync(intruder));
    }

    private static async Task<IReadOnlyList<object?>> SnapshotAsync(Intruder intruder) =>
    [
        .. (await intruder.QueryAsync($"SELECT \"Id\", {EntryColumns} FROM \"AuditEntries\" ORDER BY \"Id\"")).SelectMany(row => row),
        .. (await intruder.QueryAsync("SELECT \"Sequence\", \"EntryId\", \"KeyId\", \"Mac\" FROM \"AuditSeals\" ORDER BY \"Sequence\""))
            .SelectMany(row => row),
        .. (await intruder.QueryAsync("SELECT \"EntryId\", \"PatientId\" FROM \"AuditListed\" ORDER BY \"EntryId\", \"PatientId\""))
            .SelectMany(row => row),
    ];
}
