using System.Data.Common;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Tests.Protection;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Data;

/// <summary>What never changes lets its keys be changed, and nothing else, and only while a change of keys is open.</summary>
[Trait("Requirement", "S4-05")]
public abstract class ResealTriggerTests(DatabaseKind kind)
{
    public sealed class OnSqlite() : ResealTriggerTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : ResealTriggerTests(DatabaseKind.Postgres);

    [Theory]
    [InlineData("MedicalRecords", "Symptoms", "Severity", "1")]
    [InlineData("MedicalRecords", "Onset", "Status", "'Preliminary'")]
    [InlineData("Diagnoses", "Text", "Revision", "9")]
    [InlineData("Diagnoses", "Code", "Certainty", "'Refuted'")]
    [InlineData("Signatures", "Names", "Form", "1")]
    [InlineData("Addenda", "Text", "Number", "9")]
    [InlineData("Addenda", "AuthorName", "Form", "1")]
    [InlineData("VisitEvents", "Reason", "Number", "9")]
    [InlineData("VisitEvents", "Reason", "Act", "'Finish'")]
    public async Task Update_OfASealedValue_NeedsAnOpenRotationAnotherKeyAndNothingElse(string table, string column, string other,
        string value)
    {
        await using var host = await DomainHost.StartAsync(kind);
        var chart = await (await SealedChart.AddAsync(host)).AmendAsync();
        var intruder = new Intruder(host);
        var key = table switch { "MedicalRecords" => "Id", "VisitEvents" => "VisitId", _ => "RecordId" };
        var id = table == "VisitEvents" ? chart.Cancelled!.Value : chart.Signed;
        var where = $"\"{key}\" = @p1 AND \"{column}\" IS NOT NULL";
        var stored = (byte[])(
            await intruder.QueryAsync($"SELECT \"{column}\" FROM \"{table}\" WHERE {where.Replace("@p1", "@p0", StringComparison.Ordinal)}",
            id)).Single()[0]!;
        var (sameKey, otherKey) = (stored.ToArray(), stored.ToArray());
        sameKey[^1] ^= 1;
        otherKey[4] ^= 1;

        await RefusedAsync(otherKey);
        await host.ArrangeAsync(
            db => db.Set<KeyRotation>().Add(new KeyRotation { Id = Guid.CreateVersion7(), StartedAt = host.Clock.GetUtcNow() }));
        await RefusedAsync(sameKey);
        await RefusedAsync([.. otherKey, 0]);
        await RefusedAsync(null);
        await RefusedAsync(otherKey, $", \"{other}\" = {value}");
        Assert.Equal(1, await intruder.ExecuteAsync($"UPDATE \"{table}\" SET \"{column}\" = @p0 WHERE {where}", otherKey, id));
        Assert.Equal(1, await intruder.ExecuteAsync($"UPDATE \"{table}\" SET \"{column}\" = @p0 WHERE {where}", stored, id));
        await using (var db = await host.OpenAsync())
        {
            (await db.Set<KeyRotation>().AsTracking().SingleAsync()).Finish(host.Clock.GetUtcNow());
            await db.SaveChangesAsync();
        }

        await RefusedAsync(otherKey);

        Task RefusedAsync(byte[]? bytes, string beside = "") =>
            Assert.ThrowsAnyAsync<DbException>(
                () => intruder.ExecuteAsync($"UPDATE \"{table}\" SET \"{column}\" = @p0{beside} WHERE {where}", bytes, id));
    }

    [Fact]
    public async Task Triggers_OnSqlite_NameEveryColumnOfTheirTable()
    {
        await using var host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        await using var db = await host.OpenAsync();
        foreach (var (trigger, table) in ((string, string)[])[("Diagnoses_NoUpdate", "Diagnoses"), ("Signatures_NoUpdate", "Signatures"),
            ("MedicalRecords_Locked", "MedicalRecords"), ("MedicalRecords_Verbatim", "MedicalRecords"), ("Addenda_NoUpdate", "Addenda"),
            ("VisitEvents_NoUpdate", "VisitEvents"), ("LedgerEntries_NoUpdate", "LedgerEntries"),
            ("AuditReviews_NoUpdate", "AuditReviews")])
        {
            var sql = (string)(await new Intruder(host).QueryAsync("SELECT sql FROM sqlite_master WHERE name = @p0", trigger)).Single()[0]!;
            var columns = db.Model.GetEntityTypes().Single(type => type.GetTableName() == table).GetProperties();
            Assert.All(columns, column => Assert.Contains(
                column.ClrType == typeof(SealedText) ? $"substr(NEW.\"{column.GetColumnName()}\""
                    : $"NEW.\"{column.GetColumnName()}\" IS OLD.", sql, StringComparison.Ordinal));
        }
    }
}
