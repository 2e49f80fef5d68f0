using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>What staff do with their own passkeys, and nobody with those of others.</summary>
[Trait("Requirement", "B-01")]
public abstract class PasskeyServiceTests(ClinicFixture clinic)
{
    private readonly SignIns signIns = new(clinic.Host);

    public sealed class OnSqlite(SqliteClinic clinic) : PasskeyServiceTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : PasskeyServiceTests(clinic), IClassFixture<PostgresClinic>;

    private PasskeyService Service => clinic.Host.Get<PasskeyService>();

    [Fact]
    public async Task AddAsync_ACredential_IsListedAuditedAndTold()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        var data = TestPasskeys.New() with { Transports = ["internal", "hybrid", "carrier pigeon"] };

        var result = await AddAsync(nurse, " Front\ndesk ", data);

        Assert.True(result.IsSuccess);
        var passkey = Assert.Single((await ListAsync(nurse)).Passkeys);
        Assert.Equal(("Front desk", clinic.Host.Clock.GetUtcNow(), (DateTimeOffset?)null),
            (passkey.Name, passkey.CreatedAt, passkey.LastUsedAt));
        Assert.Equal(data.CredentialId, passkey.Data.CredentialId);
        Assert.Equal(["hybrid", "internal"], passkey.Data.Transports.Order(StringComparer.Ordinal));
        Assert.Contains((AuditAct.PasskeyAdded, AuditOutcome.Done), await signIns.EntriesAsync(nurse));
        Assert.Equal([AccountMailKind.PasskeyAdded], await MailToAsync(nurse));
    }

    [Fact]
    public async Task RenameAsync_ThenRemoveAsync_ChangeTheOneAndTellOfTheRemoval()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        await AddAsync(nurse, "First");
        await AddAsync(nurse, "Second");
        var second = (await ListAsync(nurse)).Passkeys[1];

        Assert.True((await Service.RenameAsync(await clinic.People.ActorAsync(nurse), second.Id, "Laptop", default)).IsSuccess);
        Assert.Equal(["First", "Laptop"], (await ListAsync(nurse)).Passkeys.Select(row => row.Name));
        clinic.Host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True((await Service.RemoveAsync(await clinic.People.ActorAsync(nurse), second.Id, default)).IsSuccess);

        Assert.Equal(["First"], (await ListAsync(nurse)).Passkeys.Select(row => row.Name));
        Assert.Equal([AccountMailKind.PasskeyAdded, AccountMailKind.PasskeyAdded, AccountMailKind.PasskeyRemoved],
            await MailToAsync(nurse));
        Assert.Equal(
            [AuditAct.PasskeyRenamed, AuditAct.PasskeyRemoved],
            (await signIns.EntriesAsync(nurse)).Select(entry => entry.Act)
                .Where(act => act is AuditAct.PasskeyRenamed or AuditAct.PasskeyRemoved));
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task PasskeyOfAnother_ByItsId_IsNeitherListedNorRenamedNorRemoved()
    {
        var (owner, other) = (await clinic.People.AddStaffAsync(Roles.Nurse), await clinic.People.AddStaffAsync(Roles.Administrator));
        await AddAsync(owner, "Mine");
        var passkey = Assert.Single((await ListAsync(owner)).Passkeys);
        var actor = await clinic.People.ActorAsync(other);

        Assert.Empty((await ListAsync(other)).Passkeys);
        Assert.Equal(ErrorKind.NotFound, (await Service.RenameAsync(actor, passkey.Id, "Yours", default)).Error?.Kind);
        clinic.Host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(ErrorKind.NotFound, (await Service.RemoveAsync(actor, passkey.Id, default)).Error?.Kind);

        Assert.Equal("Mine", Assert.Single((await ListAsync(owner)).Passkeys).Name);
        Assert.Empty(await MailToAsync(other));
        Assert.Equal(
            [(AuditAct.PasskeyRenamed, AuditOutcome.Denied), (AuditAct.PasskeyRemoved, AuditOutcome.Denied)],
            (await signIns.EntriesAsync(other)).Where(entry => entry.Outcome == AuditOutcome.Denied));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\u0007 ")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901")]
    public async Task Name_EmptyOrTooLong_IsRefusedWhenAddingAndWhenRenaming(string name)
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        await AddAsync(nurse, "Fine");
        var passkey = Assert.Single((await ListAsync(nurse)).Passkeys);

        Assert.Equal("Name", Assert.Single((await AddAsync(nurse, name)).Error!.Fields).Field);
        Assert.Equal("Name",
            Assert.Single((await Service.RenameAsync(await clinic.People.ActorAsync(nurse), passkey.Id, name, default)).Error!.Fields)
            .Field);

        Assert.Equal("Fine", Assert.Single((await ListAsync(nurse)).Passkeys).Name);
    }

    [Fact]
    public async Task AddAsync_ACredentialThatSomebodyHas_IsRefused()
    {
        var (nurse, doctor) = (await clinic.People.AddStaffAsync(Roles.Nurse), await clinic.People.AddStaffAsync(Roles.Doctor));
        var data = TestPasskeys.New();
        await AddAsync(nurse, "Mine", data);

        // Nobody is told what others have: the database alone knows that it is theirs.
        Assert.Equal(ErrorKind.Conflict, (await AddAsync(doctor, "Mine too", data)).Error?.Kind);

        Assert.Empty((await ListAsync(doctor)).Passkeys);
    }

    [Fact]
    public async Task AddAsync_WithAChallengeThatWasAnswered_IsRefused()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        var challenge = TestPasskeys.Challenge(clinic.Host.Clock.GetUtcNow());
        Assert.True(
            (await Service.AddAsync(await clinic.People.ActorAsync(nurse), "First", challenge, TestPasskeys.New(), default)).IsSuccess);

        var again = await Service.AddAsync(await clinic.People.ActorAsync(nurse), "Second", challenge, TestPasskeys.New(), default);

        Assert.Equal(ErrorKind.Conflict, again.Error?.Kind);
        Assert.Single((await ListAsync(nurse)).Passkeys);
    }

    [Fact]
    public async Task AddAsync_SeveralAtOnceUpToTheLimit_KeepsTenAndNoMore()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        for (var number = 1; number < Passkey.MostPerAccount - 1; number++)
        {
            await AddAsync(nurse, $"Number {number}");
        }

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() => AddAsync(nurse, $"Late {number}"))));

        Assert.Equal(2, results.Count(result => result.IsSuccess));
        var list = await ListAsync(nurse);
        Assert.Equal((Passkey.MostPerAccount, true), (list.Passkeys.Count, list.IsFull));
    }

    [Fact]
    [Trait("Requirement", "C-03")]
    public async Task Passkeys_AfterANewPassword_StayAndAfterAResetOfTheSecondFactor_AreGone()
    {
        var (nurse, administrator) = (await clinic.People.AddStaffAsync(Roles.Nurse),
            await clinic.People.AddStaffAsync(Roles.Administrator));
        var other = await clinic.People.AddStaffAsync(Roles.Nurse);
        await AddAsync(nurse, "Laptop");
        await AddAsync(other, "Tablet");

        Assert.True(
            (await clinic.Host.Get<OwnAccountService>()
            .ChangePasswordAsync(await clinic.People.ActorAsync(nurse), TestPeople.Password, "Wholly-New-9-Sentence", default)).IsSuccess);
        Assert.Single((await ListAsync(nurse)).Passkeys);
        Assert.True(
            (await clinic.Host.Get<AccountService>()
            .ResetSecondFactorAsync(await clinic.People.ActorAsync(administrator), nurse.AccountId, default)).IsSuccess);

        await using var db = await clinic.Host.OpenAsync();
        Assert.False(await db.Set<Passkey>().AnyAsync(row => row.AccountId == nurse.AccountId));
        Assert.Single((await ListAsync(other)).Passkeys);
        Assert.Equal([AccountMailKind.PasswordChanged, AccountMailKind.SecondFactorReset, AccountMailKind.PasskeyAdded],
            (await MailToAsync(nurse)).Order());
    }

    // Ids sort by time; the clock stands still unless it is put forward.
    private async Task<Result<Done>> AddAsync(TestPerson person, string name, PasskeyData? data = null)
    {
        clinic.Host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        return await Service.AddAsync(await clinic.People.ActorAsync(person), name, TestPasskeys.Challenge(clinic.Host.Clock.GetUtcNow()),
            data ?? TestPasskeys.New(), default);
    }

    private async Task<OwnPasskeys> ListAsync(TestPerson person) =>
        (await Service.ListAsync(await clinic.People.ActorAsync(person), default)).Value;

    private async Task<IEnumerable<AccountMailKind>> MailToAsync(TestPerson person) =>
        (await clinic.Host.SentAsync()).Where(mail => mail.Email == person.Email).Select(mail => mail.Kind);
}
