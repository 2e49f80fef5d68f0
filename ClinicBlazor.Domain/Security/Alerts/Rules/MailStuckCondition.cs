using ClinicBlazor.Domain.Accounts.Mail;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Security.Alerts.Rules;

/// <summary>A mail was not taken and waits too long, or was just given up.</summary>
internal sealed class MailStuckCondition : IAlertCondition
{
    /// <inheritdoc/>
    public AlertKind Kind => AlertKind.MailStuck;

    /// <inheritdoc/>
    public async Task<bool> HoldsAsync(AlertBatch batch, CancellationToken ct)
    {
        var now = batch.Time.Now();
        var written = now.AddMinutes(-batch.Settings.MailStuckMinutes);

        // What was given up lies there for weeks, and mail may be sent again since.
        var justNow = now - AlertWatcher.CountsAgainAfter;
        return await batch.Db.Set<QueuedMail>()
                .AnyAsync(mail => mail.GivenUpAt == null && mail.FailedAt != null && mail.CreatedAt <= written, ct)
            || await batch.Db.Set<QueuedMail>().AnyAsync(mail => mail.GivenUpAt > justNow, ct);
    }
}
