using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Billing;

/// <summary>The clinic's price list.</summary>
public sealed class PriceListService(ClinicGate gate, Ledgers ledgers, TimeProvider time)
{
    private const int LongestCode = 20;
    private const int LongestName = 120;

    /// <summary>The prices in use, by code.</summary>
    public Task<Result<IReadOnlyList<PriceRow>>> ListAsync(Actor actor, CancellationToken ct) =>
        gate.RunAsync<IReadOnlyList<PriceRow>>(actor, new AccessRequest(Permission.PriceListChange, AuditAct.PricesListed),
            async db => Result.Of(await RowsAsync(db, ledgers.Currency, ct)), ct);

    /// <summary>
    /// Sets a price, in the place of the one that has its code; what was charged by that one stays as it was. Where it is the fee of
    /// every visit, the fee that was it before is no longer charged at check-in.
    /// </summary>
    public Task<Result<Guid>> SetAsync(Actor actor, NewPrice input, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.PriceListChange, AuditAct.PriceSet) { Sent = input };
        return gate.RunAsync<Guid>(actor, request, async db =>
        {
            var (code, name) = (InputRules.CleanLine(input.Code).ToUpperInvariant(), InputRules.CleanLine(input.Name));
            var findings = new Findings();
            findings.Text(code, nameof(input.Code), LongestCode, "Give a code.")
                .Text(name, nameof(input.Name), LongestName, "Give a name.");
            var most = ledgers.MoneyOf(Ledgers.MostCents);
            var cents = Ledgers.Read(input.Amount, most, findings, new Message("No more than {0} can be asked for one thing.", most));
            if (!findings.IsEmpty)
            {
                return findings.Error;
            }

            var now = time.Now();
            var inTheWay = await db.Set<Price>().AsTracking().Where(price => price.RetiredAt == null
                && (price.Code == code || (input.IsConsultation && price.IsConsultation))).ToListAsync(ct);
            foreach (var price in inTheWay)
            {
                price.Retire(now);
                if (price.Code != code)
                {
                    db.Add(New(price.Code, price.Name, price.Amount, isConsultation: false));
                }
            }

            var set = New(code, name, ledgers.MoneyOf(cents), input.IsConsultation);
            db.Add(set);
            return set.Id;
        }, ct);
    }

    /// <summary>Takes a price out of use; what was charged by it stays.</summary>
    public Task<Result<Done>> RetireAsync(Actor actor, Guid priceId, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.PriceListChange, AuditAct.PriceRetired) { Sent = priceId };
        return gate.RunAsync<Done>(actor, request, async db =>
        {
            var price = await db.Set<Price>().AsTracking().SingleOrDefaultAsync(row => row.Id == priceId && row.RetiredAt == null, ct);
            price?.Retire(time.Now());
            return price is null ? Error.NotFound : Done.Instance;
        }, ct);
    }

    /// <summary>The prices in use of a currency, by code.</summary>
    internal static async Task<IReadOnlyList<PriceRow>> RowsAsync(ClinicDbContext db, string currency, CancellationToken ct) =>
        [.. (await db.Set<Price>().Where(price => price.RetiredAt == null && price.Currency == currency).OrderBy(price => price.Code)
            .ToListAsync(ct))
            .Select(price => new PriceRow(price.Id, price.Code, price.Name, price.Amount, price.IsConsultation))];

    private Price New(string code, string name, Money amount, bool isConsultation) => new()
    {
        Id = time.NewId(), Code = code, Name = name, Cents = amount.Cents, Currency = amount.Currency, IsConsultation = isConsultation,
    };
}
