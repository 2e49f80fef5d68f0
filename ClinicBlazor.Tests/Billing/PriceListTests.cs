using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Billing;

/// <summary>The price list: one price a code, one fee for every visit, and one currency at a time.</summary>
[Trait("Requirement", "S2-09")]
public abstract class PriceListTests(DatabaseKind kind) : IAsyncLifetime
{
    private DomainHost? host;

    public sealed class OnSqlite() : PriceListTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : PriceListTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    private PriceListService Prices => Host.Get<PriceListService>();

    public async Task InitializeAsync() => host = await DomainHost.StartAsync(kind);

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task Set_OfACodeInOtherLettersAndBlanks_ReplacesThePriceThatHasIt()
    {
        var (acts, administrator) = await OpenAsync();
        await acts.SetPriceAsync("LAB", "15.00");

        var set = (await Prices.SetAsync(administrator, new NewPrice(" lab ", " Blood count ", "20"), default)).Value;

        var rows = (await Prices.ListAsync(administrator, default)).Value;
        Assert.Equal([new PriceRow(set, "LAB", "Blood count", new Money(2000, "USD"), false)], rows.Where(row => row.Code == "LAB"));
    }

    [Fact]
    public async Task Set_OfASecondFee_LeavesTheFirstInTheListAtItsPrice()
    {
        var (acts, administrator) = await OpenAsync();

        await acts.SetPriceAsync("SHORT", "25.00", isConsultation: true);

        Assert.Equal([("CONS", 4000L, false), ("SHORT", 2500L, true)], await ListedAsync(Prices, administrator));
    }

    [Fact]
    public async Task Set_OfAFeeInAnotherCurrency_KeepsTheFormerPriceInItsOwn()
    {
        var (_, administrator) = await OpenAsync();
        await using var euros = await InEurosAsync();
        var prices = euros.GetRequiredService<PriceListService>();
        Assert.Empty(await ListedAsync(prices, administrator));

        Assert.True((await prices.SetAsync(administrator, new NewPrice("KONS", "Beratung", "50 €", true), default)).IsSuccess);

        Assert.Equal([("KONS", 5000L, true)], await ListedAsync(prices, administrator));
        Assert.Equal([("CONS", 4000L, false)], await ListedAsync(Prices, administrator));
        Assert.Equal("USD", Assert.Single((await Prices.ListAsync(administrator, default)).Value).Amount.Currency);
    }

    [Fact]
    public async Task CheckIn_WhereTheFeeIsInAnotherCurrency_ChargesNothing()
    {
        var (acts, _) = await OpenAsync();
        await using var euros = await InEurosAsync();
        var (desk, patientId) = (await acts.DeskAsync(), await Host.People.AddChartAsync());

        var visitId = (await euros.GetRequiredService<VisitService>().StartAsync(desk, patientId, doctorId: null, default)).Value;

        var bill = await acts.BillAsync(new BilledVisit(patientId, visitId, desk));
        Assert.Null(bill.InvoiceNumber);
        Assert.Empty(bill.Lines);
    }

    [Fact]
    public async Task Invoice_BegunInAnotherCurrency_IsChargedAndPaidInItsOwnAlone()
    {
        var (acts, administrator) = await OpenAsync();
        var (visit, dollars) = (await acts.CheckInAsync(), await acts.SetPriceAsync("LAB", "15.00"));
        await using var euros = await InEurosAsync();
        var price = (await euros.GetRequiredService<PriceListService>()
            .SetAsync(administrator, new NewPrice("TEST", "Test", "15.00"), default)).Value;
        var billing = euros.GetRequiredService<BillingService>();
        Task<Result<Guid>> Charge(Guid priceId) => billing.AddChargeAsync(visit.Desk, visit.PatientId, visit.VisitId, priceId, default);
        Task<Result<Guid>> Pay(string amount) => billing.TakePaymentAsync(
            visit.Desk, visit.PatientId, visit.VisitId, new NewPayment(amount, PaymentMethod.Cash), default);

        BillingFixtureActs.AssertBeside("Price", "Choose one of the prices.", await Charge(price));
        Assert.True((await Charge(dollars)).IsSuccess);
        BillingFixtureActs.AssertBeside("Amount", "Give an amount, for instance 40.00.", await Pay("10 €"));
        Assert.True((await Pay("$10")).IsSuccess);

        var bill = (await euros.GetRequiredService<BillingReader>()
            .GetAsync(visit.Desk, visit.PatientId, visit.VisitId, again: false, default)).Value;
        Assert.Equal((new Money(4500, "USD"), new Money(1000, "USD")), (bill.Open, bill.Paid));
    }

    private static async Task<IEnumerable<(string Code, long Cents, bool IsConsultation)>> ListedAsync(
        PriceListService prices, Actor administrator) =>
        (await prices.ListAsync(administrator, default)).Value.Select(row => (row.Code, row.Amount.Cents, row.IsConsultation));

    private async Task<(BillingFixtureActs Acts, Actor Administrator)> OpenAsync()
    {
        var acts = await BillingFixtureActs.OpenAsync(Host);
        return (acts, await acts.ActorAsync(Roles.Administrator));
    }

    // The same clinic after it has changed its currency.
    private Task<ServiceProvider> InEurosAsync() =>
        Host.StartAgainAsync(services => services.PostConfigure<ClinicSettings>(settings => settings.Currency = "EUR"));
}
