using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Tests.Support;
using OtpNet;

namespace ClinicBlazor.Tests.Accounts.Mail;

/// <summary>Each act that changes how an account is opened, done for real: its owner is told, once, and nobody else.</summary>
[Trait("Requirement", "B-13")]
public abstract class OwnerToldTests(ClinicFixture clinic)
{
    private const string NewPassword = "Wholly-New-9-Sentence";

    public sealed class OnSqlite(SqliteClinic clinic) : OwnerToldTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : OwnerToldTests(clinic), IClassFixture<PostgresClinic>;

    /// <summary>Every act of the table.</summary>
    public static TheoryData<AuditAct> Acts => [.. MailRulesTests.Told.Keys];

    private DomainHost Host => clinic.Host;

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Act_ThatChangesHowAnAccountIsOpened_TellsItsOwnerOnce(AuditAct act)
    {
        var administrator = await Host.People.ActorAsync(await Host.People.AddStaffAsync(Roles.Administrator));
        var person = act == AuditAct.SecondFactorDisabled ? await Host.People.AddPatientAsync()
            : await Host.People.AddStaffAsync(Roles.Nurse);
        await Host.SentAsync();
        var before = Host.Mailer.Sent.Count;

        var address = await DoAsync(act, administrator, person);

        var mail = Assert.Single((await Host.SentAsync()).Skip(before), mail => mail.Kind == MailRulesTests.Told[act]);
        Assert.Equal(address, mail.Email);
        Assert.All(Host.Mailer.Sent.Skip(before), sent => Assert.Equal(address, sent.Email));
    }

    private async Task<string> DoAsync(AuditAct act, Actor administrator, TestPerson person)
    {
        var (accounts, own, passkeys) = (Host.Get<AccountService>(), Host.Get<OwnAccountService>(), Host.Get<PasskeyService>());
        var (actor, id, none) = (await Host.People.ActorAsync(person), person.AccountId, CancellationToken.None);
        switch (act)
        {
            case AuditAct.AccountInvited:
                Assert.True(
                    (await accounts.InviteAsync(administrator, "Sam Sand", $"{id:N}@test.example", Roles.Reception, none)).IsSuccess);
                return $"{id:N}@test.example";
            case AuditAct.PasswordChanged:
                Assert.True((await own.ChangePasswordAsync(actor, TestPeople.Password, NewPassword, none)).IsSuccess);
                break;
            case AuditAct.SecondFactorEnrolled:
                Assert.True((await accounts.ResetSecondFactorAsync(administrator, id, none)).IsSuccess);
                await EnrolAsync(person);
                break;
            case AuditAct.SecondFactorDisabled:
                Assert.True((await own.DisableSecondFactorAsync(actor, TestPeople.Password, none)).IsSuccess);
                break;
            case AuditAct.SecondFactorReset:
                await passkeys.AddAsync(actor, "Laptop", TestPasskeys.Challenge(Host.Clock.GetUtcNow()), TestPasskeys.New(), none);
                Assert.True((await accounts.ResetSecondFactorAsync(administrator, id, none)).IsSuccess);
                break;
            case AuditAct.RecoveryCodesRenewed:
                Assert.True((await own.RenewRecoveryCodesAsync(actor, TestPeople.Password, none)).IsSuccess);
                break;
            case AuditAct.PasskeyAdded:
                Assert.True(
                    (await passkeys.AddAsync(actor, "Laptop", TestPasskeys.Challenge(Host.Clock.GetUtcNow()), TestPasskeys.New(), none))
                    .IsSuccess);
                break;
            case AuditAct.PasskeyRemoved:
                await passkeys.AddAsync(actor, "Laptop", TestPasskeys.Challenge(Host.Clock.GetUtcNow()), TestPasskeys.New(), none);
                Assert.True((await passkeys.RemoveAsync(actor, (await passkeys.ListAsync(actor, none)).Value.Passkeys.Single().Id, none))
                    .IsSuccess);
                break;
            case AuditAct.RolesChanged:
                Assert.True((await accounts.ChangeRolesAsync(administrator, id, Roles.Reception, none)).IsSuccess);
                break;
            case AuditAct.AccountDeactivated or AuditAct.AccountReactivated:
                Assert.True((await accounts.DeactivateAsync(administrator, id, none)).IsSuccess);
                Assert.True(act == AuditAct.AccountDeactivated || (await accounts.ReactivateAsync(administrator, id, none)).IsSuccess);
                break;
            case AuditAct.SessionClientChanged:
                await Host.Get<SessionService>().FindAsync(person.SessionToken, new ClientInfo("198.51.100.7", "Thief"), none);
                break;
            case AuditAct.SessionsEndedForSafety:
                for (var attempt = 0; attempt < Account.FailuresUntilLock; attempt++)
                {
                    await own.ProveAsync(actor, "a guess", none);
                }

                break;
            case AuditAct.SessionEnded:
                Assert.True((await accounts.EndSessionsAsync(administrator, id, none)).IsSuccess);
                break;
            default:
                Assert.Fail($"The table says that {act} tells the owner: do it here.");
                break;
        }

        return person.Email;
    }

    private async Task EnrolAsync(TestPerson person)
    {
        var (signIns, own) = (new SignIns(Host), Host.Get<OwnAccountService>());
        var waiting = (await signIns.FindAsync((await signIns.PasswordAsync(person))!))!.Actor;
        var key = (await own.BeginEnrolmentAsync(waiting, "Clinic", CancellationToken.None))
            .Value.Key.Replace(" ", "", StringComparison.Ordinal);
        Assert.True(
            (await own.CompleteEnrolmentAsync(waiting,
            new Totp(Base32Encoding.ToBytes(key)).ComputeTotp(Host.Clock.GetUtcNow().UtcDateTime), CancellationToken.None)).IsSuccess);
    }
}
