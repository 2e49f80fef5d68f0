using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Accounts.Mail;

/// <summary>A mail that was promised is sent: whatever is away, stops or is killed meanwhile.</summary>
[Trait("Requirement", "B-13")]
public abstract class MailQueueTests(DatabaseKind kind) : IAsyncLifetime
{
    private DomainHost host = null!;

    public sealed class OnSqlite() : MailQueueTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : MailQueueTests(DatabaseKind.Postgres);

    public async Task InitializeAsync() => host = await DomainHost.StartAsync(kind);

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task SendDueAsync_WhileNobodyTakesIt_TriesWithGrowingPausesUntilSomebodyDoes()
    {
        await AskForResetAsync(await host.People.AddStaffAsync(Roles.Nurse));
        host.Mailer.Failure = "the mail server is away";
        var tries = new List<int>();
        for (var minute = 0; minute <= 90; minute++)
        {
            await Sender.SendDueAsync(CancellationToken.None);
            tries.Add((await QueueAsync()).Single().Tries);
            host.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([0, 1, 6, 26, 86],
            tries.Index().Where(row => row.Index == 0 || row.Item != tries[row.Index - 1]).Select(row => row.Index));

        host.Mailer.Failure = null;
        host.Clock.Advance(TimeSpan.FromHours(4));
        Assert.Equal(1, await Sender.SendDueAsync(CancellationToken.None));
        Assert.Empty(await QueueAsync());
        Assert.Single(host.Mailer.Sent);
    }

    [Fact]
    public async Task SendDueAsync_OfTheNextStart_SendsWhatTheLastOneHadQueued()
    {
        var nurse = await host.People.AddStaffAsync(Roles.Nurse);
        await AskForResetAsync(nurse);

        await using var next = await host.StartAgainAsync();
        await next.GetRequiredService<MailSender>().SendDueAsync(CancellationToken.None);

        Assert.Equal(nurse.Email, Assert.Single(((RecordingMailer)next.GetRequiredService<IAccountMailer>()).Sent).Email);
    }

    [Fact]
    public async Task SendDueAsync_KilledWhileItSends_LosesNothing()
    {
        await AskForResetAsync(await host.People.AddStaffAsync(Roles.Nurse));
        using var killed = new CancellationTokenSource();
        host.Mailer.Gate = new TaskCompletionSource().Task;
        var sending = Sender.SendDueAsync(killed.Token);
        await host.Mailer.Reached.Task;
        await killed.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);

        await using var next = await host.StartAgainAsync();
        Assert.Equal(0, await next.GetRequiredService<MailSender>().SendDueAsync(CancellationToken.None));
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, await next.GetRequiredService<MailSender>().SendDueAsync(CancellationToken.None));
    }

    [Fact]
    public async Task SendDueAsync_OfTwoInstancesAtOnce_SendsEachMailOnce()
    {
        for (var i = 0; i < 20; i++)
        {
            await AskForResetAsync(await host.People.AddStaffAsync(Roles.Nurse));
        }

        await using var other = await host.StartAgainAsync();
        await Task.WhenAll(
            Task.Run(() => Sender.SendDueAsync(CancellationToken.None)),
            Task.Run(() => other.GetRequiredService<MailSender>().SendDueAsync(CancellationToken.None)));

        var sent = host.Mailer.Sent.Concat(((RecordingMailer)other.GetRequiredService<IAccountMailer>()).Sent).Select(mail => mail.Email)
            .ToList();
        Assert.Equal(20, sent.Count);
        Assert.Equal(20, sent.Distinct().Count());
    }

    [Fact]
    public async Task SendDueAsync_OneMailThatCannotBeSent_DoesNotHoldUpTheNext()
    {
        await AskForResetAsync(await host.People.AddStaffAsync(Roles.Nurse));
        host.Mailer.Failure = "no such mailbox";
        await Sender.SendDueAsync(CancellationToken.None);
        host.Mailer.Failure = null;
        await AskForResetAsync(await host.People.AddStaffAsync(Roles.Nurse));

        Assert.Equal(1, await Sender.SendDueAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Invitation_ThatCannotBeSent_IsToldToTheAdministratorAndSentAgain()
    {
        var administrator = await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Administrator));
        host.Mailer.Failure = "the mail server is away";
        var told = new List<Guid>();
        host.Get<MailEvents>().Tried += told.Add;
        var id = (await Accounts.InviteAsync(administrator, "Sam Sand", "sam@test.example", Roles.Reception, CancellationToken.None)).Value;
        Assert.False(await IsUnsentAsync(administrator));

        await Sender.SendDueAsync(CancellationToken.None);

        Assert.True(await IsUnsentAsync(administrator));
        Assert.Equal([id], told);
        host.Mailer.Failure = null;
        Assert.True((await Accounts.InviteAgainAsync(administrator, id, CancellationToken.None)).IsSuccess);
        Assert.Equal(1, await Sender.SendDueAsync(CancellationToken.None));
        Assert.False(await IsUnsentAsync(administrator));
        Assert.Empty(await QueueAsync());
    }

    [Fact]
    public async Task Invitation_GivenUpAfterThreeDays_StillTellsAndCanBeSentAgain()
    {
        var administrator = await host.People.AddStaffAsync(Roles.Administrator);
        host.Mailer.Failure = "no such mailbox";
        var id = (await Accounts.InviteAsync(await host.People.ActorAsync(administrator), "Sam Sand", "sam@test.example", Roles.Reception,
            CancellationToken.None)).Value;
        await Sender.SendDueAsync(CancellationToken.None);
        host.Clock.Advance(TimeSpan.FromHours(RetryPauses.Hours));
        await Sender.SendDueAsync(CancellationToken.None);
        host.Clock.Advance(TimeSpan.FromDays(1));
        var again = await host.People.ActorAsync(await host.People.SignInAgainAsync(administrator));

        Assert.Equal(0, await Sender.SendDueAsync(CancellationToken.None));
        Assert.NotNull((await QueueAsync()).Single().GivenUpAt);
        Assert.True(await IsUnsentAsync(again));
        host.Mailer.Failure = null;
        Assert.True((await Accounts.InviteAgainAsync(again, id, CancellationToken.None)).IsSuccess);
        Assert.Equal(1, await Sender.SendDueAsync(CancellationToken.None));
    }

    [Fact]
    [Trait("Requirement", "S2-04")]
    public async Task Request_ForAKnownAndAnUnknownAddress_WritesTheSame()
    {
        var known = await host.People.AddUnlinkedAsync();
        var registrations = host.Get<RegistrationService>();
        foreach (var email in (string[])[known.Email, "nobody@elsewhere.example"])
        {
            host.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await registrations.RegisterAsync(Actor.Anonymous(TestPeople.Client), "Nora Nobody", email, CancellationToken.None);
            host.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await registrations.RequestPasswordResetAsync(Actor.Anonymous(TestPeople.Client), email, CancellationToken.None);
        }

        var queue = await QueueAsync();
        Assert.Equal([AccountMailKind.Registration, AccountMailKind.PasswordReset, AccountMailKind.Registration,
            AccountMailKind.PasswordReset], queue.Select(mail => mail.Kind));
        Assert.All(queue, mail => Assert.Null(mail.AccountId));
        await using var db = await host.OpenAsync();
        Assert.Equal(1, await db.Set<Account>().CountAsync());
        Assert.Equal(0, await db.Set<AccountToken>().CountAsync());
    }

    [Fact]
    public async Task Mail_ToSomebodyWhoIsNotConfirmed_HoldsNothingThatWasTyped()
    {
        await host.Get<RegistrationService>()
            .RegisterAsync(Actor.Anonymous(TestPeople.Client), "Cheap Pills Here", "victim@test.example", CancellationToken.None);

        var mail = Assert.Single(await host.SentAsync());

        Assert.Equal((AccountMailKind.Invitation, "victim@test.example", null), (mail.Kind, mail.Email, mail.DisplayName));
    }

    private MailSender Sender => host.Get<MailSender>();

    private AccountService Accounts => host.Get<AccountService>();

    private async Task AskForResetAsync(TestPerson person)
    {
        // Ids sort by time; the clock stands still unless it is put forward.
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await host.Get<RegistrationService>()
            .RequestPasswordResetAsync(Actor.Anonymous(TestPeople.Client), person.Email, CancellationToken.None);
    }

    private async Task<bool> IsUnsentAsync(Actor administrator) =>
        (await Accounts.ListAsync(administrator, new AccountQuery("sam@test.example"), CancellationToken.None)).Value.Items.Single()
            .InvitationUnsent;

    private async Task<List<QueuedMail>> QueueAsync()
    {
        await using var db = await host.OpenAsync();
        return await db.Set<QueuedMail>().OrderBy(mail => mail.Id).ToListAsync();
    }
}
