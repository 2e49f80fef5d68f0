using System.Collections.Concurrent;
using ClinicBlazor.Domain.Accounts.Mail;

namespace ClinicBlazor.Tests.Support;

/// <summary>Keeps the mails that would have been sent.</summary>
public sealed class RecordingMailer : IAccountMailer
{
    private readonly ConcurrentQueue<AccountMail> sent = new();

    public IReadOnlyCollection<AccountMail> Sent => sent;

    /// <summary>Why no mail is taken; null where they are.</summary>
    public string? Failure { get; set; }

    /// <summary>Done when a mail has come this far.</summary>
    public TaskCompletionSource Reached { get; } = new();

    /// <summary>What a try waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async Task SendAsync(AccountMail mail, CancellationToken ct)
    {
        Reached.TrySetResult();
        await Gate.WaitAsync(ct);
        if (Failure is not null)
        {
            throw new MailNotSentException(Failure);
        }

        sent.Enqueue(mail);
    }
}
