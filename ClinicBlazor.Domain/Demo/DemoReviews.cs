using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Security;

namespace ClinicBlazor.Domain.Demo;

/// <summary>
/// The demo clinic's administrator has signed off each month of its made-up past but the last, so that one is left to be tried.
/// </summary>
public sealed class DemoReviews(AuditTrail trail, TimeProvider time)
{
    /// <summary>Signs them off, each on the second day of the month after it, with the figures that it has.</summary>
    internal async Task AddAsync(ClinicDbContext db, Account administrator, CancellationToken ct)
    {
        var present = AuditCounter.MonthOf(time.Now());
        for (var before = AuditReviewService.Months; before > 1; before--)
        {
            var month = present.AddMonths(-before);
            var then = AuditCounter.StartOf(month.AddMonths(1)).AddDays(1).AddHours(9);
            db.Set<AuditReview>().Add(new AuditReview
            {
                Id = Guid.CreateVersion7(then),
                Month = month,
                ReviewedAt = then,
                ReviewedById = administrator.Id,
                Figures = (await new AuditCounter(db, month, ct).CountAsync()).Write(),
            });
            trail.AddMadeUp(db, administrator.Roles, new AuditTrace(AuditAct.AuditReviewSigned) { AccountId = administrator.Id }, then);

            // The entry of a signing is one of the next month's.
            await db.SaveChangesAsync(ct);
        }
    }
}
