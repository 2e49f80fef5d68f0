using System.Data.Common;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Billing;

/// <summary>
/// SQLite's REPLACE deletes the row that is in the way, and runs no delete trigger for it: no price, invoice or entry of a ledger
/// goes that way, by whatever key.
/// </summary>
[Trait("Requirement", "S2-09")]
[Trait("Requirement", "S2-13")]
public sealed class LedgerReplaceTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private const string Prices = "INSERT OR REPLACE INTO \"Prices\" (\"Id\", \"Code\", \"Name\", \"Cents\", \"Currency\", \"IsConsultation\")";
    private const string PricesByRow =
        "INSERT OR REPLACE INTO \"Prices\" (rowid, \"Id\", \"Code\", \"Name\", \"Cents\", \"Currency\", \"IsConsultation\")";

    private const string Fresh = "upper(hex(randomblob(16)))";

    private const string Entry =
        "\"PatientId\", \"Kind\", \"Cents\", \"At\" FROM \"LedgerEntries\" WHERE \"PriceId\" = @p0 ORDER BY rowid DESC LIMIT 1";

    [Theory]
    [InlineData($"{Prices} SELECT \"Id\", 'FRESH', 'Nothing', 1, \"Currency\", 0 FROM \"Prices\" WHERE \"Id\" = @p0")]
    [InlineData($"{Prices} SELECT {Fresh}, \"Code\", 'Nothing', 1, \"Currency\", 0 FROM \"Prices\" WHERE \"Id\" = @p0")]
    [InlineData($"{Prices} SELECT {Fresh}, 'FRESH', 'Nothing', 1, \"Currency\", 1 FROM \"Prices\" WHERE \"Id\" = @p0")]
    [InlineData($"{PricesByRow} SELECT rowid, {Fresh}, 'FRESH', 'Nothing', 1, \"Currency\", 0 FROM \"Prices\" WHERE \"Id\" = @p0")]
    [InlineData(
        $"INSERT OR REPLACE INTO \"Invoices\" (rowid, \"Id\", \"VisitId\", \"PatientId\", \"Number\", \"Currency\", \"OpenedAt\", \"Entries\", \"OpenCents\", \"Version\") SELECT rowid, {Fresh}, {Fresh}, \"PatientId\", 1, \"Currency\", \"OpenedAt\", 0, 0, {Fresh} FROM \"Invoices\" WHERE \"Id\" = (SELECT \"InvoiceId\" FROM \"LedgerEntries\" WHERE \"PriceId\" = @p0 LIMIT 1)")]
    [InlineData(
        $"INSERT OR REPLACE INTO \"LedgerEntries\" (\"Id\", \"InvoiceId\", \"Number\", \"PatientId\", \"Kind\", \"Cents\", \"At\") SELECT {Fresh}, \"InvoiceId\", \"Number\", {Entry}")]
    [InlineData(
        $"INSERT OR REPLACE INTO \"LedgerEntries\" (rowid, \"Id\", \"InvoiceId\", \"Number\", \"PatientId\", \"Kind\", \"Cents\", \"At\") SELECT rowid, {Fresh}, \"InvoiceId\", 99, {Entry}")]
    public Task WhatStands_ReplacedByAnyKey_IsRefused(string statement) => AssertRefusedAsync(statement, "is never replaced");

    [Theory]
    [InlineData("UPDATE OR REPLACE \"Prices\" SET rowid = rowid + 1000 WHERE \"Id\" = @p0")]
    [InlineData(
        "UPDATE OR REPLACE \"Invoices\" SET rowid = rowid + 1000 WHERE \"Id\" = (SELECT \"InvoiceId\" FROM \"LedgerEntries\" WHERE \"PriceId\" = @p0 LIMIT 1)")]
    public Task WhatStands_UnderAnotherNumberOfSqlite_IsRefused(string statement) => AssertRefusedAsync(statement, "stands");

    private async Task AssertRefusedAsync(string statement, string refusal)
    {
        var acts = await BillingFixtureActs.OpenAsync(clinic.Host);
        await acts.CheckInAsync();
        var before = await RowsAsync();

        var fault = await Assert.ThrowsAnyAsync<DbException>(
            async () => await new Intruder(clinic.Host).ExecuteAsync(statement, await FeeAsync()));

        Assert.Contains(refusal, fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, await RowsAsync());
    }

    private async Task<Guid> FeeAsync()
    {
        await using var db = await clinic.Host.OpenAsync();
        return (await db.Set<Price>().SingleAsync(price => price.RetiredAt == null && price.IsConsultation)).Id;
    }

    private async Task<IReadOnlyList<object?[]>> RowsAsync()
    {
        var intruder = new Intruder(clinic.Host);
        var rows = new List<object?[]>();
        foreach (var table in (string[])["Prices", "Invoices", "LedgerEntries"])
        {
            rows.AddRange(await intruder.QueryAsync($"SELECT rowid, * FROM \"{table}\" ORDER BY rowid"));
        }

        return rows;
    }
}
