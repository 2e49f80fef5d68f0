using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Domain.Accounts.Mail;

/// <summary>
/// Sends what is queued, outside every request. A try is counted before it is made and the row is deleted only when the
/// mail was taken: a mail may come twice after a crash, and never not at all. Where several instances run, the count
/// lets one of them have the try.
/// </summary>
internal sealed partial class MailSender(
    ClinicReadiness readiness, ClinicGate gate, MailQueue queue, MailWriter writer, IAccountMailer mailer, MailEvents events,
        TimeProvider time, ILogger<MailSender> log)
    : ClinicBackgroundService(readiness)
{
    // What was due while nothing happened here: retries, and what other instances left.
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(20);

    // Given-up mails tell an administrator of them for so long.
    private readonly SemaphoreSlim one = new(1, 1);

    /// <summary>Tries every mail that is due. Returns how many were taken.</summary>
    public async Task<int> SendDueAsync(CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            var sent = 0;
            while (await ClaimAsync(ct) is { } claimed)
            {
                sent += await TryAsync(claimed, ct) ? 1 : 0;
            }

            return sent;
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        one.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await SendDueAsync(ct);
                await queue.WaitAsync(AtMost, ct);
            }
            catch (Exception fault) when (!ct.IsCancellationRequested)
            {
                LogFault(fault);
                await Task.Delay(TimeSpan.FromSeconds(1), ct);
            }
        }
    }

    /// <summary>Takes the try of the mail that has waited longest; null when none is due.</summary>
    private async Task<QueuedMail?> ClaimAsync(CancellationToken ct)
    {
        while (true)
        {
            var now = time.Now();
            await using var db = await gate.OpenAccountsAsync(ct);
            var due = await db.Set<QueuedMail>().AsTracking()
                .Where(mail => mail.GivenUpAt == null && mail.DueAt <= now).OrderBy(mail => mail.DueAt).ThenBy(mail => mail.Id)
                    .FirstOrDefaultAsync(ct);
            if (due is null)
            {
                return null;
            }

            due.Try(now);
            if (await SaveAsync(db, ct))
            {
                return due;
            }
        }
    }

    private async Task<bool> TryAsync(QueuedMail claimed, CancellationToken ct)
    {
        var failure = await SendAsync(claimed, ct);
        await using (var db = await gate.OpenAccountsAsync(ct))
        {
            if (await db.Set<QueuedMail>().AsTracking().SingleOrDefaultAsync(mail => mail.Id == claimed.Id, ct) is { } row)
            {
                if (failure is null)
                {
                    db.Set<QueuedMail>().Remove(row);
                }
                else if (row.Fail(time.Now()))
                {
                    LogGivenUp(row.Id, row.Kind, row.AccountId, row.Tries, failure);
                }
                else
                {
                    LogNotSent(row.Id, row.Kind, row.AccountId, row.Tries, failure);
                }

                await SaveAsync(db, ct);
            }
        }

        if (claimed.AccountId is { } accountId)
        {
            events.Publish(accountId);
        }

        return failure is null;
    }

    /// <summary>Writes the mail and hands it over; answers why it was not taken, or null.</summary>
    private async Task<string?> SendAsync(QueuedMail claimed, CancellationToken ct)
    {
        try
        {
            AccountMail? mail;
            await using (var db = await gate.OpenAccountsAsync(ct))
            {
                mail = await writer.WriteAsync(db, claimed, ct);
                if (!await SaveAsync(db, ct))
                {
                    return "its account was changed meanwhile";
                }
            }

            if (mail is not null)
            {
                await mailer.SendAsync(mail, ct);
            }

            return null;
        }
        catch (MailNotSentException fault)
        {
            return fault.Message;
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            // A mail that breaks something must not keep the others behind it.
            LogFault(fault);
            return fault.GetType().Name;
        }
    }

    /// <summary>Saves; false when somebody else was quicker.</summary>
    private static async Task<bool> SaveAsync(ClinicDbContext db, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (Exception fault) when (ConcurrentChange.Is(fault))
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Mail {MailId} of kind {Kind} to account {AccountId} was not sent at try {Try} and is tried again: {Reason}")]
    private partial void LogNotSent(Guid mailId, AccountMailKind kind, Guid? accountId, int @try, string reason);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Mail {MailId} of kind {Kind} to account {AccountId} was not sent at try {Try} and is given up: {Reason}")]
    private partial void LogGivenUp(Guid mailId, AccountMailKind kind, Guid? accountId, int @try, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mails could not be sent; they are kept and tried again")]
    private partial void LogFault(Exception fault);
}
