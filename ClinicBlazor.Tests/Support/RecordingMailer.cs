using System.Collections.Concurrent;
using ClinicBlazor.Domain.Accounts;

namespace ClinicBlazor.Tests.Support;

/// <summary>Keeps the mails that would have been sent.</summary>
public sealed class RecordingMailer : IAccountMailer
{
    private readonly ConcurrentQueue<AccountMail> sent = new();

    public IReadOnlyCollection<AccountMail> Sent => sent;

    public Task SendAsync(AccountMail mail, CancellationToken ct)
    {
        sent.Enqueue(mail);
        return Task.CompletedTask;
    }
}
