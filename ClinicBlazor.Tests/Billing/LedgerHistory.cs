using System.Globalization;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Visits;

namespace ClinicBlazor.Tests.Billing;

/// <summary>What somebody does to a visit in a history that is made up.</summary>
internal enum Deed
{
    Charge,
    Reverse,
    Pay,
    Refund,
    Waive,
    EndWaiver,
    Approve,
    Defer,
    Plan,
    Withdraw,
    MarkEmergency,
    WithdrawEmergency,
    Override,
    Triage,
    CallIn,
    Wait,
}

/// <summary>One step of such a history.</summary>
/// <param name="Deed">What is done.</param>
/// <param name="Who">Which of the people does it.</param>
/// <param name="Pick">Which entry it is about, how many days or parts; where it is even, the amount is all that there is.</param>
/// <param name="Size">The amount else, in whole units.</param>
internal sealed record LedgerStep(Deed Deed, int Who, int Pick, int Size);

/// <summary>Who works in the histories, and what is charged beside the fee.</summary>
internal sealed record LedgerPeople(IReadOnlyList<Actor> Desks, IReadOnlyList<Actor> Doctors, Actor Nurse, Guid PriceId, long PriceCents);

/// <summary>One visit to which things are done, in turn or at once, beside the model of what must come of it.</summary>
internal sealed class LedgerHistory
{
    private readonly BillingFixtureActs acts;
    private readonly BilledVisit visit;
    private readonly LedgerPeople people;
    private readonly LedgerModel model = new();
    private bool triaged;
    private Actor? calledInBy;

    private LedgerHistory(BillingFixtureActs acts, BilledVisit visit, LedgerPeople people) =>
        (this.acts, this.visit, this.people) = (acts, visit, people);

    private DateTimeOffset Now => acts.Host.Clock.Now();

    public static async Task<LedgerHistory> BeginAsync(BillingFixtureActs acts, LedgerPeople people)
    {
        var history = new LedgerHistory(acts, await acts.CheckInAsync(), people);
        history.model.Enter(ModelEntry.Of(Assert.Single((await acts.StoredAsync(history.visit)).Entries)));
        Assert.Equal(BillingFixtureActs.FeeCents, history.model.Open);
        return history;
    }

    /// <summary>Does one thing; it must be taken just when the model takes it.</summary>
    public async Task DoAsync(LedgerStep step)
    {
        if (step.Deed == Deed.Wait)
        {
            acts.Host.Clock.Advance(TimeSpan.FromDays(1 + (step.Pick * 3)));
        }
        else if (step.Deed == Deed.CallIn)
        {
            ErrorKind? refusal = calledInBy is not null ? ErrorKind.Conflict : model.IsClearedAt(Now) ? null : ErrorKind.Invalid;
            var result = await acts.CallInAsync(visit, people.Doctors[step.Who]);
            Assert.Equal(refusal, result.Error?.Kind);
            calledInBy ??= result.IsSuccess ? people.Doctors[step.Who] : null;
        }
        else if (step.Deed == Deed.Triage)
        {
            var result = await TriageAsync();
            Assert.Equal(triaged || calledInBy is not null ? ErrorKind.Conflict : null, result.Error?.Kind);
            triaged |= result.IsSuccess;
        }
        else if (MeantBy(step) is { } meant)
        {
            var isTaken = model.Takes(meant);
            var result = await CarryOutAsync(meant, step.Who);
            Assert.True(isTaken == result.IsSuccess, $"{meant} answered {result.Error?.Kind}, and {model.Open} was open.");
            ModelEntry[] expected = result.IsSuccess ? [meant with { Id = result.Value }] : [];
            Assert.Equal(expected, (await EnterStoredAsync()).Select(added => added.Entry));
        }

        await AssertSaysTheSameAsync();
    }

    /// <summary>
    /// Does some things at once, each by somebody else. What was entered must be what the same would have entered in the order in
    /// which it stands, and the patient is called in only where that clears the visit at some moment in between.
    /// </summary>
    public async Task DoAtOnceAsync(IReadOnlyList<LedgerStep> steps)
    {
        var results = await Task.WhenAll(steps.Select((step, i) => Task.Run(() => AttemptAsync(step with { Who = i }))));

        var before = model.IsClearedAt(Now);
        var added = await EnterStoredAsync();
        bool[] cleared = [before, .. added.Select(entry => entry.Cleared)];
        var entered = results.Where(attempt => attempt is { Deed: not (Deed.CallIn or Deed.Triage), Result.IsSuccess: true });
        Assert.Equal(entered.Select(attempt => attempt!.Result.Value).Order(), added.Select(entry => entry.Entry.Id).Order());
        foreach (var call in results.OfType<Attempt>().Where(attempt => attempt.Deed == Deed.CallIn))
        {
            AssertCalledIn(call.Result, cleared);
        }

        // Nothing that is open keeps the triage back: only somebody who was quicker does.
        Assert.DoesNotContain(results, attempt => attempt is { Deed: Deed.Triage, Result.Error.Kind: not ErrorKind.Conflict });
        triaged |= results.Any(attempt => attempt is { Deed: Deed.Triage, Result.IsSuccess: true });
        var caller = Array.FindIndex(results, attempt => attempt is { Deed: Deed.CallIn, Result.IsSuccess: true });
        calledInBy ??= caller < 0 ? null : people.Doctors[caller];
        await AssertSaysTheSameAsync();
    }

    /// <summary>
    /// Enters into the model what was stored since, which must be what may come next each time. Answers with what somebody has
    /// entered, without the ends of waivers that followed from it, and with whether the visit was cleared after each.
    /// </summary>
    private async Task<IReadOnlyList<(ModelEntry Entry, bool Cleared)>> EnterStoredAsync()
    {
        var added = new List<(ModelEntry Entry, bool Cleared)>();
        foreach (var entry in (await acts.StoredAsync(visit)).Entries.Skip(model.Entries.Count).Select(ModelEntry.Of))
        {
            var follows = model.MustFollow is not null;
            Assert.True(model.Takes(entry), $"{entry} was taken while {model.Open} was open.");
            model.Enter(entry);
            if (follows)
            {
                added[^1] = (added[^1].Entry, model.IsClearedAt(Now));
            }
            else
            {
                added.Add((entry, model.IsClearedAt(Now)));
            }
        }

        Assert.True(model.MustFollow is null, $"More is waived than charged: {model.Waived} of {model.Charged}.");
        return added;
    }

    private void AssertCalledIn(Result<Guid> result, IReadOnlyList<bool> cleared)
    {
        if (result.IsSuccess)
        {
            Assert.Null(calledInBy);
            Assert.Contains(true, cleared);
        }
        else if (result.Error!.Kind == ErrorKind.Invalid)
        {
            Assert.Equal("Payment", Assert.Single(result.Error.Fields).Field);
            Assert.Contains(false, cleared);
        }
        else
        {
            Assert.Equal(ErrorKind.Conflict, result.Error.Kind);
        }
    }

    private Task<Result<Guid>> TriageAsync() => acts.DoAsync(visit, VisitAct.StartTriage, people.Nurse);

    private async Task<Attempt?> AttemptAsync(LedgerStep step) => step.Deed switch
    {
        Deed.CallIn => new Attempt(step.Deed, await acts.CallInAsync(visit, people.Doctors[step.Who])),
        Deed.Triage => new Attempt(step.Deed, await TriageAsync()),
        _ => MeantBy(step) is { } meant ? new Attempt(step.Deed, await CarryOutAsync(meant, step.Who)) : null,
    };

    private ModelEntry? MeantBy(LedgerStep step) => step.Deed switch
    {
        Deed.Charge => New(LedgerKind.Charge, people.PriceCents),
        Deed.Reverse => Picked(LedgerKind.Charge, step) is { } charge ? New(LedgerKind.Reversal, charge.Cents, charge.Id) : null,
        Deed.Pay => New(LedgerKind.Payment, AmountOf(step, model.Open)),
        Deed.Refund => Picked(LedgerKind.Payment, step) is { } payment
            ? New(LedgerKind.Refund, AmountOf(step, model.LeftOf(payment.Id)), payment.Id) : null,
        Deed.Waive => New(LedgerKind.Waiver, AmountOf(step, model.Open)),
        Deed.EndWaiver => Picked(LedgerKind.Waiver, step) is { } waiver
            ? New(LedgerKind.WaiverEnd, model.LeftOf(waiver.Id), waiver.Id) : null,
        Deed.Approve => New(LedgerKind.Approval, AmountOf(step, model.Open)) with { EndsAt = acts.EndOf(step.Pick) },
        Deed.Defer => New(LedgerKind.Deferral, model.Open) with { EndsAt = acts.EndOf(ClearanceService.DeferralDays) },
        Deed.Plan => New(LedgerKind.Plan, model.Open) with { Parts = 2 + (step.Pick % (ClearanceService.MostParts - 1)) },
        Deed.Withdraw => Withdrawn(step, LedgerKind.Approval, LedgerKind.Deferral, LedgerKind.Plan),
        Deed.MarkEmergency => New(LedgerKind.Emergency, 0),
        Deed.WithdrawEmergency => Withdrawn(step, LedgerKind.Emergency),
        Deed.Override => New(LedgerKind.Override, model.Open),
        Deed.Triage or Deed.CallIn or Deed.Wait => null,
    };

    private Task<Result<Guid>> CarryOutAsync(ModelEntry meant, int who)
    {
        var (desk, carer) = (people.Desks[who], who == 0 ? people.Nurse : people.Doctors[who]);
        var amount = BillingFixtureActs.Text(meant.Cents);
        return meant.Kind switch
        {
            LedgerKind.Charge => acts.ChargeAsync(visit, people.PriceId, desk),
            LedgerKind.Reversal => acts.ReverseAsync(visit, meant.OfId, desk),
            LedgerKind.Payment => acts.PayAsync(visit, amount, desk),
            LedgerKind.Refund => acts.RefundAsync(visit, meant.OfId, amount, desk),
            LedgerKind.Waiver => acts.WaiveAsync(visit, amount, desk),
            LedgerKind.WaiverEnd => acts.EndWaiverAsync(visit, meant.OfId, desk),

            // Each has a number of its own: the same one twice is refused, whatever else the ledger says.
            LedgerKind.Approval => acts.ApproveAsync(visit, amount,
                meant.EndsAt!.Value.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), desk, $"{Guid.CreateVersion7()}"),
            LedgerKind.Deferral => acts.DeferAsync(visit, desk),
            LedgerKind.Plan => acts.PlanAsync(visit, meant.Parts, desk),
            LedgerKind.Withdrawal => model.Entries.Single(entry => entry.Id == meant.OfId).Kind == LedgerKind.Emergency
                ? acts.WithdrawEmergencyAsync(visit, meant.OfId, carer) : acts.WithdrawAsync(visit, meant.OfId, desk),
            LedgerKind.Emergency => acts.MarkEmergencyAsync(visit, carer),

            // Whoever has called the patient in goes on with it; before that any doctor may, who has just proved who they are.
            LedgerKind.Override => acts.OverrideAsync(visit, Proved(calledInBy ?? people.Doctors[who])),
        };
    }

    private async Task AssertSaysTheSameAsync()
    {
        var bill = await acts.BillAsync(visit);
        var (invoice, entries) = await acts.StoredAsync(visit);
        Assert.Equal(Enumerable.Range(1, model.Entries.Count), entries.Select(entry => entry.Number));
        Assert.Equal((model.Entries.Count, model.Open), (invoice.Entries, invoice.OpenCents));
        Assert.Equal(model.Open, entries.Sum(entry => LedgerEntry.SignedCents(entry.Kind, entry.Cents)));
        Assert.Equal((model.Open, model.Charged, model.Paid, model.Waived),
            (bill.Open.Cents, bill.Charged.Cents, bill.Paid.Cents, bill.Waived.Cents));
        Assert.True(bill.Paid.Cents >= 0, "More was given back than was taken.");
        Assert.True(bill.Waived.Cents <= bill.Charged.Cents, "More was waived than was charged.");
        Assert.True(bill.Open.Cents >= -bill.Paid.Cents, "More is owed back than was paid.");
        Assert.All(bill.Lines, line => Assert.InRange(line.Left.Cents, 0L, line.Amount.Cents));
        Assert.Equal((model.IsClearedAt(Now), model.NeededAt(Now)), (bill.Clearance.IsCleared, bill.Clearance.Needed.Cents));
        Assert.Equal(model.IsEmergency, bill.Clearance.Kind == ClearanceKind.Emergency);
        Assert.Equal(
            calledInBy is not null ? VisitStatus.InProgress : triaged ? VisitStatus.Triaged : VisitStatus.Arrived,
            await acts.StatusAsync(visit));
    }

    private ModelEntry? Picked(LedgerKind kind, LedgerStep step) => Picked(step, [kind]);

    private ModelEntry? Picked(LedgerStep step, IReadOnlyList<LedgerKind> kinds)
    {
        var found = model.Entries.Where(entry => kinds.Contains(entry.Kind)).ToList();
        return found.Count == 0 ? null : found[step.Pick % found.Count];
    }

    private ModelEntry? Withdrawn(LedgerStep step, params IReadOnlyList<LedgerKind> kinds) =>
        Picked(step, kinds) is { } entry ? New(LedgerKind.Withdrawal, 0, entry.Id) : null;

    private ModelEntry New(LedgerKind kind, long cents, Guid ofId = default) => new(kind, cents, Now, OfId: ofId);

    private Actor Proved(Actor same) =>
        new(same.AccountId, same.SessionId, same.Roles, same.PatientId, same.DisplayName, same.Client, Now);

    private static long AmountOf(LedgerStep step, long whole) => step.Pick % 2 == 0 && whole > 0 ? whole : step.Size * 100L;

    private sealed record Attempt(Deed Deed, Result<Guid> Result);
}
