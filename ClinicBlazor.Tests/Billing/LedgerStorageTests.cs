using System.Data.Common;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Billing;

/// <summary>What the database itself keeps of a ledger: sealed words, entries that stand, and who may read them.</summary>
[Trait("Requirement", "S2-09")]
public abstract class LedgerStorageTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : LedgerStorageTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : LedgerStorageTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    [Trait("Requirement", "S4-05")]
    public async Task ReferencesAndReasons_InTheDatabase_AreSealedAndReadBack()
    {
        var (acts, visit) = await CheckInAsync();
        var approval = (await acts.ApproveAsync(visit, "40.00", acts.Day(1), reference: "heliotrope-77")).Value;
        var waiver = (await acts.WaiveAsync(visit, "40.00", reason: "A heliotrope reason")).Value;

        Assert.True((await StoredAsync("SELECT \"Reference\" FROM \"LedgerEntries\" WHERE \"Id\" = @p0", approval))
            .AsSpan().IndexOf("heliotrope"u8) < 0);
        Assert.True((await StoredAsync("SELECT \"Reason\" FROM \"LedgerEntries\" WHERE \"Id\" = @p0", waiver))
            .AsSpan().IndexOf("heliotrope"u8) < 0);
        var lines = (await acts.BillAsync(visit)).Lines;
        Assert.Equal("heliotrope-77", lines.Single(line => line.Id == approval).Reference);
        Assert.Equal("A heliotrope reason", lines.Single(line => line.Id == waiver).Reason);
    }

    [Fact]
    public async Task WhatNobodyHadToSay_IsNotThere()
    {
        var (acts, visit) = await CheckInAsync();
        var payment = (await acts.PayAsync(visit, "40.00")).Value;

        var line = (await acts.BillAsync(visit)).Lines.Single(row => row.Id == payment);

        Assert.Null(line.Reference);
        Assert.Null(line.Reason);
    }

    [Theory]
    [Trait("Requirement", "S2-13")]
    [InlineData("DELETE FROM \"LedgerEntries\" WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"LedgerEntries\" SET \"Cents\" = 1 WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"LedgerEntries\" SET \"Name\" = 'Nothing' WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"LedgerEntries\" SET \"EndsAt\" = \"At\" WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"LedgerEntries\" SET \"AccountId\" = NULL WHERE \"Id\" = @p0")]
    [InlineData("DELETE FROM \"Prices\" WHERE \"Id\" = (SELECT \"PriceId\" FROM \"LedgerEntries\" WHERE \"Id\" = @p0)")]
    [InlineData("UPDATE \"Prices\" SET \"Cents\" = 1 WHERE \"Id\" = (SELECT \"PriceId\" FROM \"LedgerEntries\" WHERE \"Id\" = @p0)")]
    [InlineData("UPDATE \"Prices\" SET \"Name\" = 'Nothing' WHERE \"Id\" = (SELECT \"PriceId\" FROM \"LedgerEntries\" WHERE \"Id\" = @p0)")]
    [InlineData("DELETE FROM \"Invoices\" WHERE \"Id\" = (SELECT \"InvoiceId\" FROM \"LedgerEntries\" WHERE \"Id\" = @p0)")]
    [InlineData("UPDATE \"Invoices\" SET \"Number\" = 1 WHERE \"Id\" = (SELECT \"InvoiceId\" FROM \"LedgerEntries\" WHERE \"Id\" = @p0)")]
    [InlineData("UPDATE \"Invoices\" SET \"Currency\" = 'EUR' WHERE \"Id\" = (SELECT \"InvoiceId\" FROM \"LedgerEntries\" WHERE \"Id\" = @p0)")]
    public async Task WhatWasCharged_ChangedPastTheApplication_IsRefusedByTheDatabase(string statement)
    {
        var (acts, visit) = await CheckInAsync();
        var before = await acts.BillAsync(visit);

        await Assert.ThrowsAnyAsync<DbException>(() => new Intruder(clinic.Host).ExecuteAsync(statement, before.Lines[0].Id));

        var after = await acts.BillAsync(visit);
        Assert.Equal((before.InvoiceNumber, before.Open, before.Lines[0]), (after.InvoiceNumber, after.Open, after.Lines[0]));
    }

    [Theory]
    [Trait("Requirement", "S2-13")]
    [InlineData("UPDATE \"Prices\" SET \"RetiredAt\" = NULL WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"Prices\" SET \"RetiredAt\" = (SELECT min(\"OpenedAt\") FROM \"Invoices\") WHERE \"Id\" = @p0")]
    public async Task PriceThatWasRetired_BroughtBackOrToAnotherDate_IsRefusedByTheDatabase(string statement)
    {
        var (acts, _) = await CheckInAsync();
        clinic.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        var former = await acts.SetPriceAsync("OLD", "15.00");
        Assert.True((await acts.Host.Get<PriceListService>()
            .RetireAsync(await acts.ActorAsync(Roles.Administrator), former, default)).IsSuccess);
        var before = await RetiredAtAsync(former);
        Assert.NotNull(before);

        var refusal = await Assert.ThrowsAnyAsync<DbException>(() => new Intruder(clinic.Host).ExecuteAsync(statement, former));

        Assert.Contains("what Prices says stands", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await RetiredAtAsync(former));
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task ReasonsThatTellOfIllness_OfWhoIsNotClinical_AreNotThere()
    {
        var acts = await BillingFixtureActs.OpenAsync(clinic.Host);
        var visit = await acts.CheckInAsync();
        var (doctor, nurse) = (await acts.CareTeamAsync(visit, Roles.Doctor), await acts.CareTeamAsync(visit, Roles.Nurse));
        var overridden = (await acts.OverrideAsync(visit, doctor, "Chest pain.")).Value;
        var emergency = (await acts.MarkEmergencyAsync(visit, nurse)).Value;
        var withdrawn = (await acts.WithdrawEmergencyAsync(visit, emergency, nurse, "Only a sprain.")).Value;
        var approval = (await acts.ApproveAsync(visit, "10.00", acts.Day(1))).Value;
        var notCovered = (await acts.WithdrawAsync(visit, approval, reason: "Not covered.")).Value;
        var waiver = (await acts.WaiveAsync(visit, "10.00", reason: "Hardship.")).Value;
        Guid[] asked = [overridden, withdrawn, notCovered, waiver];

        Assert.Equal(["Chest pain.", "Only a sprain.", "Not covered.", "Hardship."], await ReasonsAsync(doctor));
        Assert.Equal(["Chest pain.", "Only a sprain.", "Not covered.", "Hardship."], await ReasonsAsync(nurse));
        Assert.Equal([null, null, "Not covered.", "Hardship."], await ReasonsAsync(visit.Desk));

        async Task<IEnumerable<string?>> ReasonsAsync(Actor reader)
        {
            var lines = (await acts.BillAsync(visit, reader)).Lines;
            return asked.Select(id => lines.Single(line => line.Id == id).Reason);
        }
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Bill_OfAPatient_IsReadByReceptionAndByThoseWhoTakePart()
    {
        var acts = await BillingFixtureActs.OpenAsync(clinic.Host);
        var patient = await clinic.People.AddPatientAsync();
        var visit = await acts.CheckInAsync(patient.PatientId);
        var nurse = await acts.NurseAsync();

        Assert.Null((await ReadAsync(await acts.DeskAsync(), visit)).Error);
        Assert.Equal(ErrorKind.NotFound, (await ReadAsync(await clinic.People.ActorAsync(patient), visit)).Error?.Kind);
        Assert.Equal(ErrorKind.NotFound, (await ReadAsync(await acts.ActorAsync(Roles.Administrator), visit)).Error?.Kind);
        Assert.Equal(ErrorKind.NotFound, (await ReadAsync(nurse, visit)).Error?.Kind);

        Assert.True((await acts.DoAsync(visit, VisitAct.StartTriage, nurse)).IsSuccess);

        Assert.Null((await ReadAsync(nurse, visit)).Error);
    }

    private Task<Result<Bill>> ReadAsync(Actor actor, BilledVisit visit) =>
        clinic.Host.Get<BillingReader>().GetAsync(actor, visit.PatientId, visit.VisitId, again: false, default);

    private async Task<DateTimeOffset?> RetiredAtAsync(Guid priceId)
    {
        await using var db = await clinic.Host.OpenAsync();
        return (await db.Set<Price>().SingleAsync(price => price.Id == priceId)).RetiredAt;
    }

    private async Task<byte[]> StoredAsync(string query, Guid entryId) =>
        Assert.IsType<byte[]>((await new Intruder(clinic.Host).QueryAsync(query, entryId))[0][0]);

    private async Task<(BillingFixtureActs Acts, BilledVisit Visit)> CheckInAsync()
    {
        var acts = await BillingFixtureActs.OpenAsync(clinic.Host);
        return (acts, await acts.CheckInAsync());
    }
}
