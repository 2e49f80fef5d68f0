using ClinicBlazor.Domain.Access;
using ClinicBlazor.Tests.Support;
using CsCheck;

namespace ClinicBlazor.Tests.Billing;

/// <summary>
/// No sequence of acts, in turn or at once, makes a wrong balance or a double payment, owes back what nobody paid, or keeps a
/// triage or an emergency back, triaged or not. A failure prints the seed by which it comes again.
/// </summary>
[Trait("Requirement", "S2-09")]
public abstract class LedgerPropertyTests(ClinicFixture clinic, int histories)
{
    /// <summary>How many histories of each kind are made up on a SQLite file.</summary>
    private const int SqliteHistories = 60;

    /// <summary>How many on a PostgreSQL server.</summary>
    private const int PostgresHistories = 30;

    /// <summary>How many histories run beside each other where the clock stands still.</summary>
    private const int BesideEachOther = 4;

    private static readonly Gen<LedgerStep> AnyStep = Gen.Select(Gen.Enum<Deed>(), Gen.Int[0, 2], Gen.Int[0, 20], Gen.Int[1, 60],
        (deed, who, pick, size) => new LedgerStep(deed, who, pick, size));

    public sealed class OnSqlite(SqliteClinic clinic) : LedgerPropertyTests(clinic, SqliteHistories), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : LedgerPropertyTests(clinic, PostgresHistories), IClassFixture<PostgresClinic>;

    [Fact]
    public async Task Acts_InTurn_LeaveWhatTheModelSaysAfterEach()
    {
        var (acts, people) = await OpenAsync();

        // One after the other: they move the one clock of the clinic.
        await AnyStep.Array[1, 16].SampleAsync(async steps =>
        {
            var history = await LedgerHistory.BeginAsync(acts, people);
            foreach (var step in steps)
            {
                await history.DoAsync(step);
            }
        }, iter: histories, threads: 1, print: Print);
    }

    [Fact]
    public async Task Acts_AtOnce_LeaveWhatTheyWouldHaveInTheirOrder()
    {
        var (acts, people) = await OpenAsync();

        await AnyStep.Where(step => step.Deed != Deed.Wait).Array[2, 3].Array[1, 4].SampleAsync(async groups =>
        {
            var history = await LedgerHistory.BeginAsync(acts, people);
            foreach (var steps in groups)
            {
                await history.DoAtOnceAsync(steps);
            }
        }, iter: histories, threads: BesideEachOther, print: groups => string.Join('\n', groups.Select(Print)));
    }

    private static string Print(LedgerStep[] steps) => string.Join("; ", steps.Select(step => $"{step}"));

    private async Task<(BillingFixtureActs Acts, LedgerPeople People)> OpenAsync()
    {
        var acts = await BillingFixtureActs.OpenAsync(clinic.Host);
        var price = await acts.SetPriceAsync("LAB", "15.00");
        Actor[] desks = [await acts.DeskAsync(), await acts.DeskAsync(), await acts.DeskAsync()];
        Actor[] doctors = [await acts.DoctorAsync(), await acts.DoctorAsync(), await acts.DoctorAsync()];
        return (acts, new LedgerPeople(desks, doctors, await acts.NurseAsync(), price, PriceCents: 1500));
    }
}
