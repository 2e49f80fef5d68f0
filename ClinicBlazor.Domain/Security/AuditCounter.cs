using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Security;

/// <summary>Which entries a figure counts.</summary>
/// <param name="Acts">The acts; none for any.</param>
/// <param name="Outcome">The outcome; null for any.</param>
public sealed record FigureFilter(IReadOnlyList<AuditAct> Acts, AuditOutcome? Outcome);

/// <summary>
/// Counts the figures of a month. Ids begin with their time, so a month is a piece of each index: what is counted is read off
/// these, and the rows behind them only of what was refused or failed.
/// </summary>
internal sealed class AuditCounter(ClinicDbContext db, DateOnly month, CancellationToken ct)
{
    private static readonly AuditAct[] SignIns = [AuditAct.SignIn, AuditAct.PasskeyUsed];

    private static readonly AuditAct[] ChartReads =
        [AuditAct.PatientRead, AuditAct.RecordRead, AuditAct.RecordPrinted, AuditAct.ChartPrinted];

    private static readonly AuditAct[] PowerChanges =
    [
        AuditAct.RolesChanged, AuditAct.RolesGiven, AuditAct.RolesConfirmed, AuditAct.RolesWithdrawn, AuditAct.RolesCameDue,
        AuditAct.AccountLinkRequested, AuditAct.AccountLinked, AuditAct.AccountLinkCameDue, AuditAct.AccountUnlinked,
    ];

    private static readonly AuditAct[] SignInSteps = [.. SignIns, AuditAct.SecondFactor, AuditAct.RecoveryCodeUsed];

    private readonly Guid first = UtcTime.FirstIdAt(StartOf(month));
    private readonly Guid beyond = UtcTime.FirstIdAt(StartOf(month.AddMonths(1)));

    /// <summary>What each figure counts; none for people, who are no entries.</summary>
    public static FigureFilter? FilterOf(AuditFigure figure) => figure switch
    {
        AuditFigure.Entries => new([], null),
        AuditFigure.People => null,
        AuditFigure.SignIns => new(SignIns, AuditOutcome.Done),
        AuditFigure.FailedSignIns => new(SignInSteps, AuditOutcome.Failed),
        AuditFigure.Denials => new([], AuditOutcome.Denied),
        AuditFigure.AttackInput => new([AuditAct.AttackInputSeen], null),
        AuditFigure.ChartReads => new(ChartReads, AuditOutcome.Done),
        AuditFigure.IdentifiersShown => new([AuditAct.IdentifierShown], AuditOutcome.Done),
        AuditFigure.PowerChanges => new(PowerChanges, AuditOutcome.Done),
        AuditFigure.SessionsMoved => new([AuditAct.SessionClientChanged], null),
        AuditFigure.LooksReported => new([AuditAct.LookReported], AuditOutcome.Done),
        AuditFigure.LooksAnswered => new([AuditAct.LookReportAnswered], AuditOutcome.Done),
    };

    /// <summary>The first moment of a month, UTC.</summary>
    public static DateTimeOffset StartOf(DateOnly month) => new(month.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>The month of a moment, UTC, as its first day.</summary>
    public static DateOnly MonthOf(DateTimeOffset moment) => new(moment.UtcDateTime.Year, moment.UtcDateTime.Month, 1);

    /// <summary>Counts.</summary>
    public async Task<AuditFigures> CountAsync()
    {
        var filters = Enum.GetValues<AuditFigure>().Select(FilterOf).OfType<FigureFilter>().ToList();
        var acts = filters.SelectMany(filter => filter.Acts).Distinct().ToList();
        var all = await Month.Where(entry => acts.Contains(entry.Act)).GroupBy(entry => entry.Act)
            .Select(group => new { Act = group.Key, Count = group.LongCount() }).ToDictionaryAsync(row => row.Act, row => row.Count, ct);
        var others = new Dictionary<(AuditAct Act, AuditOutcome Outcome), long>();
        foreach (var outcome in (AuditOutcome[])[AuditOutcome.Denied, AuditOutcome.Failed])
        {
            foreach (var row in await Month.Where(entry => entry.Outcome == outcome).GroupBy(entry => entry.Act)
                .Select(group => new { Act = group.Key, Count = group.LongCount() }).ToListAsync(ct))
            {
                others[(row.Act, outcome)] = row.Count;
            }
        }

        var whole = WholeTrail.Of(db);
        var counts = new Dictionary<AuditFigure, long>
        {
            [AuditFigure.Entries] = await Month.LongCountAsync(ct),
            [AuditFigure.People] = await db.Set<Account>().LongCountAsync(account => whole
                .Any(entry => entry.AccountId == account.Id && entry.Id >= first && entry.Id < beyond), ct),
        };
        foreach (var figure in Enum.GetValues<AuditFigure>().Except(counts.Keys))
        {
            counts[figure] = CountOf(FilterOf(figure)!);
        }

        var (at, held) = await VerifiedAsync();
        return new AuditFigures(counts, at, held);

        long CountOf(FigureFilter filter) => filter switch
        {
            { Acts: [], Outcome: { } outcome } => others.Where(row => row.Key.Outcome == outcome).Sum(row => row.Value),
            { Outcome: AuditOutcome.Done } => filter.Acts.Sum(act => all.GetValueOrDefault(act) - OtherwiseOf(act)),
            { Outcome: { } outcome } => filter.Acts.Sum(act => others.GetValueOrDefault((act, outcome))),
            _ => filter.Acts.Sum(act => all.GetValueOrDefault(act)),
        };

        long OtherwiseOf(AuditAct act) =>
            others.GetValueOrDefault((act, AuditOutcome.Denied)) + others.GetValueOrDefault((act, AuditOutcome.Failed));
    }

    private IQueryable<AuditEntry> Month => WholeTrail.Of(db).Where(entry => entry.Id >= first && entry.Id < beyond);

    private async Task<(DateTimeOffset? At, bool Held)> VerifiedAsync()
    {
        var last = await db.Set<AuditEntry>().Where(entry => entry.Act == AuditAct.AuditVerified && entry.Id >= first)
            .OrderByDescending(entry => entry.Id).Select(entry => new { entry.At, entry.Outcome }).FirstOrDefaultAsync(ct);
        return (last?.At, last?.Outcome == AuditOutcome.Done);
    }
}
