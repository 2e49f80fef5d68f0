using System.Buffers.Binary;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OtpNet;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>The two steps of a sign-in, and codes that serve once.</summary>
[Trait("Requirement", "C-03")]
public abstract class SignInTests(ClinicFixture clinic)
{
    private readonly SignIns signIns = new(clinic.Host);

    public sealed class OnSqlite(SqliteClinic clinic) : SignInTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : SignInTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    [Trait("Requirement", "S4-02")]
    public async Task SecondFactorAsync_RightCode_BeginsANewSessionAndEndsTheWaitingOne()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        var waiting = (await signIns.PasswordAsync(nurse))!;
        Assert.Equal(SessionStage.AwaitingSecondFactor, waiting.Stage);
        Assert.Equal(Roles.None, (await signIns.FindAsync(waiting))!.Actor.Roles);

        var full = (await signIns.CodeAsync(waiting, signIns.Code()))!;

        Assert.NotEqual(waiting.Token, full.Token);
        Assert.Null(await signIns.FindAsync(waiting));
        Assert.Equal((SessionStage.Full, Roles.Nurse),
            ((await signIns.FindAsync(full))!.Stage, (await signIns.FindAsync(full))!.Actor.Roles));
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task SecondFactorAsync_CodeOfAStepNearby_IsTakenOneStepEitherSide(int steps, bool accepted)
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        var waiting = (await signIns.PasswordAsync(nurse))!;

        Assert.Equal(accepted, await signIns.CodeAsync(waiting, signIns.Code(steps)) is not null);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(1, 0)]
    [InlineData(0, -1)]
    public async Task SecondFactorAsync_UsedCodeOrAnOlderOne_IsRefused(int used, int again)
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        Assert.NotNull(await signIns.CodeAsync((await signIns.PasswordAsync(nurse))!, signIns.Code(used)));

        Assert.Null(await signIns.CodeAsync((await signIns.PasswordAsync(nurse))!, signIns.Code(again)));
    }

    [Fact]
    public async Task SecondFactorAsync_UsedInOneSession_ServesNoProofInAnother()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        Assert.NotNull(await signIns.CodeAsync((await signIns.PasswordAsync(nurse))!, signIns.Code()));

        var proof = await clinic.Host.Get<OwnAccountService>()
            .ProveAsync(await clinic.People.ActorAsync(nurse), signIns.Code(), CancellationToken.None);

        Assert.False(proof.IsSuccess);
    }

    [Fact]
    public async Task SecondFactorAsync_SameCodeTwiceAtOnce_LetsOneIn()
    {
        var interference = new Interference();
        await using var host = await interference.StartAsync(clinic.Host.Kind);
        var (own, nurse) = (new SignIns(host), await host.People.AddStaffAsync(Roles.Nurse));
        var (first, second) = ((await own.PasswordAsync(nurse))!, (await own.PasswordAsync(nurse))!);
        StartedSession? inBetween = null;
        interference.BeforeNextSave(async () => inBetween = await own.CodeAsync(second, own.Code()));

        var late = await own.CodeAsync(first, own.Code());

        Assert.NotNull(inBetween);
        Assert.Null(late);
    }

    [Fact]
    public async Task RecoveryCodeAsync_SameCodeTwiceAtOnce_LetsOneIn()
    {
        var interference = new Interference();
        await using var host = await interference.StartAsync(clinic.Host.Kind);
        var (own, nurse) = (new SignIns(host), await host.People.AddStaffAsync(Roles.Nurse));
        var code = (await host.Get<OwnAccountService>()
            .RenewRecoveryCodesAsync(await host.People.ActorAsync(nurse), TestPeople.Password, CancellationToken.None)).Value[0];
        var (first, second) = ((await own.PasswordAsync(nurse))!, (await own.PasswordAsync(nurse))!);
        StartedSession? inBetween = null;
        interference.BeforeNextSave(async () => inBetween = await own.RecoveryCodeAsync(second, code));

        var late = await own.RecoveryCodeAsync(first, code);

        Assert.NotNull(inBetween);
        Assert.Null(late);
    }

    [Fact]
    [Trait("Requirement", "S2-01")]
    public async Task PasswordAsync_RightOneAmongManyGuesses_MeetsTheLockThatCameInBetween()
    {
        var interference = new Interference();
        await using var host = await interference.StartAsync(clinic.Host.Kind);
        var (own, nurse) = (new SignIns(host), await host.People.AddStaffAsync(Roles.Nurse));
        interference.BeforeNextSave(() => own.FailAsync(nurse, 5));

        Assert.Null(await own.PasswordAsync(nurse));
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task PasswordAsync_RepeatedAfterARace_IsAuditedByWhatItCameTo()
    {
        const string NewPassword = "Another-Horse-8-Battery";
        var interference = new Interference();
        await using var host = await interference.StartAsync(clinic.Host.Kind);
        var (own, nurse) = (new SignIns(host), await host.People.AddStaffAsync(Roles.Nurse));
        var actor = await host.People.ActorAsync(nurse);
        interference.BeforeNextSave(async () =>
            Assert.True(
                (await host.Get<OwnAccountService>().ChangePasswordAsync(actor, TestPeople.Password, NewPassword, CancellationToken.None))
                .IsSuccess));

        Assert.NotNull(await own.PasswordAsync(nurse, NewPassword));

        Assert.Equal((AuditAct.SignIn, AuditOutcome.Done),
            Assert.Single(await own.EntriesAsync(nurse), entry => entry.Act == AuditAct.SignIn));
    }

    [Fact]
    public async Task RecoveryCodeAsync_EachOfTheTen_ServesOnce()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        var codes = await RenewAsync(nurse);
        Assert.Equal(AccountManager.RecoveryCodeCount, codes.Distinct().Count());

        Assert.NotNull(await signIns.RecoveryCodeAsync((await signIns.PasswordAsync(nurse))!, codes[0]));
        Assert.Null(await signIns.RecoveryCodeAsync((await signIns.PasswordAsync(nurse))!, codes[0]));
        Assert.NotNull(await signIns.RecoveryCodeAsync((await signIns.PasswordAsync(nurse))!,
            codes[1].Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant()));

        var own = (
            await clinic.Host.Get<OwnAccountService>().GetAsync(await clinic.People.ActorAsync(nurse), CancellationToken.None)).Value;
        Assert.Equal(AccountManager.RecoveryCodeCount - 2, own.RecoveryCodesLeft);
    }

    [Fact]
    public async Task RecoveryCodeAsync_OfSomebodyElseOrOfAnOlderSet_IsRefused()
    {
        var (nurse, other) = (await clinic.People.AddStaffAsync(Roles.Nurse), await clinic.People.AddStaffAsync(Roles.Nurse));
        var (old, foreign) = (await RenewAsync(nurse), await RenewAsync(other));
        var current = await RenewAsync(nurse);

        Assert.Null(await signIns.RecoveryCodeAsync((await signIns.PasswordAsync(nurse))!, old[0]));
        Assert.Null(await signIns.RecoveryCodeAsync((await signIns.PasswordAsync(nurse))!, foreign[0]));
        Assert.NotNull(await signIns.RecoveryCodeAsync((await signIns.PasswordAsync(nurse))!, current[0]));
    }

    [Fact]
    public async Task RecoveryCodes_AsTheyAreStored_AreHashes()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        var codes = await RenewAsync(nurse);

        await using var db = await clinic.Host.OpenAsync();
        var hashes = await db.Set<RecoveryCode>().Where(code => code.AccountId == nurse.AccountId).Select(code => code.Hash).ToListAsync();

        Assert.Equal(AccountManager.RecoveryCodeCount, hashes.Count);
        Assert.All(hashes, hash => Assert.Equal(32, hash.Length));
        Assert.All(codes,
            code => Assert.DoesNotContain(hashes,
            hash => hash.AsSpan().IndexOf(Base32Encoding.ToBytes(code.Replace("-", "", StringComparison.Ordinal))) >= 0));
    }

    [Fact]
    public async Task PasswordAsync_StaffWithoutASecondFactor_LeadToNothingButEnrolment()
    {
        var (nurse, administrator) = (await clinic.People.AddStaffAsync(Roles.Nurse),
            await clinic.People.AddStaffAsync(Roles.Administrator));
        await clinic.Host.Get<AccountService>()
            .ResetSecondFactorAsync(await clinic.People.ActorAsync(administrator), nurse.AccountId, CancellationToken.None);

        var waiting = (await signIns.PasswordAsync(nurse))!;

        Assert.Equal(SessionStage.AwaitingEnrolment, waiting.Stage);
        Assert.Equal(Roles.None, (await signIns.FindAsync(waiting))!.Actor.Roles);
        Assert.Null(await signIns.CodeAsync(waiting, signIns.Code()));
    }

    [Fact]
    public async Task PasswordAsync_TwentyRightOnesAtOnce_AllSucceed()
    {
        var patient = await clinic.People.AddPatientAsync();

        var sessions = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => signIns.PasswordAsync(patient))));

        Assert.All(sessions, Assert.NotNull);
        Assert.Equal(20, sessions.Select(session => session!.Token).Distinct().Count());
    }

    [Fact]
    public async Task PasswordAsync_PatientWithoutASecondFactor_IsSignedIn()
    {
        var patient = await clinic.People.AddPatientAsync();

        Assert.Equal(SessionStage.Full, (await signIns.PasswordAsync(patient))!.Stage);
    }

    [Fact]
    [Trait("Requirement", "S2-03")]
    public async Task PasswordAsync_HashOfFewerIterations_IsRaisedAndStillFits()
    {
        var patient = await clinic.People.AddPatientAsync();
        var weak = new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = 500 }));
        await clinic.Host.ArrangeAsync(
            db => db.Set<Account>().AsTracking().Single(row => row.Id == patient.AccountId)
            .SetPassword(weak.HashPassword(null!, TestPeople.Password)));
        Assert.Equal(500u, await IterationsAsync());

        Assert.NotNull(await signIns.PasswordAsync(patient));

        Assert.Equal((uint)TestPasswords.Iterations, await IterationsAsync());
        Assert.NotNull(await signIns.PasswordAsync(patient));

        async Task<uint> IterationsAsync() =>
            BinaryPrimitives.ReadUInt32BigEndian(Convert.FromBase64String((await signIns.AccountAsync(patient)).PasswordHash!).AsSpan(5));
    }

    [Fact]
    [Trait("Requirement", "S4-05")]
    public async Task AuthenticatorKey_AsItIsStored_IsSealed()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        var row = Assert.Single(await new Intruder(clinic.Host)
            .QueryAsync("SELECT \"AuthenticatorKey\" FROM \"Accounts\" WHERE \"Id\" = @p0", nurse.AccountId));

        var stored = Assert.IsType<byte[]>(row[0]);

        Assert.True(stored.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(TestPeople.AuthenticatorKey)) < 0);
        Assert.True(stored.AsSpan().IndexOf(Base32Encoding.ToBytes(TestPeople.AuthenticatorKey)) < 0);
    }

    private async Task<IReadOnlyList<string>> RenewAsync(TestPerson person) =>
        (await clinic.Host.Get<OwnAccountService>()
            .RenewRecoveryCodesAsync(await clinic.People.ActorAsync(person), TestPeople.Password, CancellationToken.None)).Value;
}
