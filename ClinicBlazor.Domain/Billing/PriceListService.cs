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
            async db => Result.Of(await RowsAsync(db, ct)), ct);

    /// <summary>
    /// Sets a price, in the place of the one that has its code; what was charged by that one stays as it was. Where it is the fee of
    /// every visit, another one that was is charged at check-in no more.
    /// </summary>
    public Task<Result<Guid>> SetAsync(Actor actor, NewPrice input, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.PriceListChange, AuditAct.PriceSet) { Sent = input };
        return gate.RunAsync<Guid>(actor, request, async db =>
        {
            var (code, name, findings) = (InputRules.Clean(input.Code), InputRules.Clean(input.Name), new Findings());
            findings.Text(code, nameof(input.Code), LongestCode, "Give a code.")
                .Text(name, nameof(input.Name), LongestName, "Give a name.");
            var cents = ledgers.Read(input.Amount, Ledgers.MostCents, findings,
                new Message("No more than {0} can be asked for one thing.", ledgers.MoneyOf(Ledgers.MostCents)));
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
                    db.Add(New(price.Code, price.Name, price.Cents, isConsultation: false));
                }
            }

            var set = New(code, name, cents, input.IsConsultation);
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

    /// <summary>The prices in use, by code, in the clinic's currency.</summary>
    internal static async Task<IReadOnlyList<PriceRow>> RowsAsync(ClinicDbContext db, CancellationToken ct) =>
        [.. (await db.Set<Price>().Where(price => price.RetiredAt == null).OrderBy(price => price.Code).ToListAsync(ct))
            .Select(price => new PriceRow(price.Id, price.Code, price.Name, price.Amount, price.IsConsultation))];

    private Price New(string code, string name, long cents, bool isConsultation) => new()
    {
        Id = time.NewId(), Code = code, Name = name, Cents = cents, Currency = ledgers.Currency, IsConsultation = isConsultation,
    };
}
