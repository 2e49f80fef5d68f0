using System.Buffers.Binary;
using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Tests.Accounts;

[Trait("Requirement", "S2-03")]
public sealed class PasswordTests
{
    private const string Name = "Zebulon Quillfeather";
    private const string Email = "z.quill@elsewhere.example";

    public static TheoryData<string> Good =>
    [
        "Correct-Horse-7-Battery",
        "Ab1!ab1!ab1!",
        "Größe 7 Füße",
        "Пароль-длинный-7",
        "Ünïcödé 漢字 7 ok",
        new string('a', 60) + "A1! ",
        "A1!" + string.Concat(Enumerable.Repeat("long enough ", 21)),
    ];

    /// <summary>Each with a part of the finding that it must bring up.</summary>
    public static TheoryData<string, string> Bad => new()
    {
        { "Ab1!ab1!ab1", "at least" },
        { "", "at least" },
        { "A1!🎉🎉🎉🎉", "at least" },
        { "A1!👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦", "at least" },
        { "A1!" + new string('a', 254), "at most" },
        { "correct-horse-7-battery", "upper-case" },
        { "CORRECT-HORSE-7-BATTERY", "upper-case" },
        { "Correct-Horse-Battery", "upper-case" },
        { "CorrectHorse7Battery", "upper-case" },
        { "739102845617", "Digits alone" },
        { "١٢٣٤٥٦٧٨٩٠١٢", "Digits alone" },
        { "Password1234!", "tried first" },
        { "P@ssw0rd2024!", "tried first" },
        { "!!Password!!1", "tried first" },
        { "Qwertyuiop123!", "tried first" },
        { "Zebulon-Is-7-Tall", "name" },
        { "The-QUILLFEATHER-7", "name" },
        { "My z.quill@elsewhere.example 7", "name" },
        { "The-1-quill-is-Mine", "name" },
        { "ZÉBULON-is-7-tall", "name" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void Check_GoodPassword_FindsNothing(string password) => Assert.Empty(PasswordRules.Check(password, Name, Email));

    [Theory]
    [MemberData(nameof(Bad))]
    public void Check_BadPassword_SaysWhy(string password, string finding) =>
        Assert.Contains(PasswordRules.Check(password, Name, Email),
            message => message.ToString().Contains(finding, StringComparison.Ordinal));

    [Theory]
    [InlineData("Ann Lee", "Correct-Ann-7-Battery")]
    [InlineData("Bob Fu", "CorrectBob7-Battery")]
    [InlineData("Li Wu", "Correct-Li-7-Battery")]
    [InlineData("Ánn Lee", "Correct-ann-7-Battery")]
    public void Check_ShortName_IsFoundInThePassword(string name, string password) =>
        Assert.Contains(PasswordRules.Check(password, name, Email),
            message => message.ToString().Contains("name", StringComparison.Ordinal));

    [Theory]
    [InlineData("Li Wu", "Reliable-7-Battery")]
    [InlineData("Bo Ek", "Correct-Horse-7-Boxes")]
    public void Check_NameOfTwoLettersInsideAWord_IsNoName(string name, string password) =>
        Assert.Empty(PasswordRules.Check(password, name, Email));

    [Fact]
    public void Verify_TheSameTextInAnotherNormalForm_IsTheSamePassword()
    {
        var (passwords, account) = (TestPasswords.Real, new Account(Guid.Empty, Email, Name, Roles.Doctor));
        account.SetPassword(passwords.HashPassword(account, "Gr\u00f6\u00dfe-7-Zeichen"));

        Assert.Equal(PasswordVerificationResult.Success,
            passwords.VerifyHashedPassword(account, account.PasswordHash!, "Gro\u0308\u00dfe-7-Zeichen"));
        Assert.Equal(PasswordVerificationResult.Success,
            passwords.VerifyHashedPassword(account, account.PasswordHash!, "Gr\u00f6\u00dfe-7-Zeichen"));
        Assert.Equal(PasswordVerificationResult.Failed,
            passwords.VerifyHashedPassword(account, account.PasswordHash!, "Gro\u00dfe-7-Zeichen"));
    }

    [Fact]
    public void Verify_HashOfADecomposedText_StillFitsInEitherForm()
    {
        var (passwords, account) = (TestPasswords.Real, new Account(Guid.Empty, Email, Name, Roles.Doctor));
        account.SetPassword(new PasswordHasher<Account>().HashPassword(account, "Gro\u0308\u00dfe-7-Zeichen"));

        Assert.Equal(PasswordVerificationResult.SuccessRehashNeeded,
            passwords.VerifyHashedPassword(account, account.PasswordHash!, "Gro\u0308\u00dfe-7-Zeichen"));
        Assert.Equal(PasswordVerificationResult.SuccessRehashNeeded,
            passwords.VerifyHashedPassword(account, account.PasswordHash!, "Gr\u00f6\u00dfe-7-Zeichen"));
    }

    [Fact]
    public void Check_SeveralFaults_NamesThemAllAtOnce() => Assert.True(PasswordRules.Check("zebulon", Name, Email).Count >= 3);

    [Fact]
    public void Check_AnyOfTheShippedList_IsFoundInEveryCoat()
    {
        string[] common = ["password", "qwertyuiop", "iloveyou", "letmein", "sunshine", "princess", "football", "welcome"];

        Assert.All(common, word => Assert.Contains(
            PasswordRules.Check($"{char.ToUpperInvariant(word[0])}{word[1..]}12345!", Name, Email),
            message => message.ToString().Contains("tried first", StringComparison.Ordinal)));
    }

    [Fact]
    public void Hash_OfAPassword_IsPbkdf2WithSha512AndManyIterations()
    {
        var hash = Convert.FromBase64String(TestPasswords.Real.HashPassword(NewAccount(), "Correct-Horse-7-Battery"));

        // Identity's version 3: marker, PRF (2 is HMAC-SHA-512), iterations, length of the salt, salt, key.
        Assert.Equal(1, hash[0]);
        Assert.Equal(2u, BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(1)));
        Assert.True(BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5)) >= 220_000);
        Assert.True(BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(9)) >= 16);
        Assert.True(hash.Length - 13 - BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(9)) >= 32);
    }

    [Fact]
    public void Hasher_OfTheClinic_IsRegisteredWithAllIterations()
    {
        var services = new ServiceCollection().AddClinicDomain(new ConfigurationBuilder().Build()).BuildServiceProvider();

        Assert.Equal(Passwords.Iterations, services.GetRequiredService<IOptions<PasswordHasherOptions>>().Value.IterationCount);
    }

    [Fact]
    public void Hash_OfTheSamePasswordTwice_Differs() =>
        Assert.NotEqual(TestPasswords.Real.HashPassword(NewAccount(), "Correct-Horse-7-Battery"),
            TestPasswords.Real.HashPassword(NewAccount(), "Correct-Horse-7-Battery"));

    [Theory]
    [InlineData("Correct-Horse-7-Battery", true)]
    [InlineData("correct-Horse-7-Battery", false)]
    [InlineData("Correct-Horse-7-Battery ", false)]
    [InlineData("", false)]
    public void Verify_OfAPassword_TakesTheExactOneOnly(string given, bool right)
    {
        var (passwords, account) = (TestPasswords.Real, NewAccount());
        account.SetPassword(passwords.HashPassword(account, "Correct-Horse-7-Battery"));

        Assert.Equal(right ? PasswordVerificationResult.Success : PasswordVerificationResult.Failed,
            passwords.VerifyHashedPassword(account, account.PasswordHash!, given));
    }

    [Fact]
    [Trait("Requirement", "S2-04")]
    public async Task CheckPasswordAsync_WithoutAccountOrPassword_Fails()
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        using var users = new AccountManager(
            new AccountStore(null!, null!, null!, TimeProvider.System), Options.Create(new IdentityOptions()), TestPasswords.Real,
                [new PasswordValidator()],
            services, NullLogger<UserManager<Account>>.Instance);

        Assert.False(await users.CheckPasswordAsync(null, "Correct-Horse-7-Battery"));
        Assert.False(await users.CheckPasswordAsync(NewAccount(), ""));
    }

    [Fact]
    [Trait("Requirement", "S2-04")]
    public void HashOfNothing_ComparedWithARealHash_CostsTheSame()
    {
        var real = Convert.FromBase64String(TestPasswords.Real.HashPassword(NewAccount(), "Correct-Horse-7-Battery"));
        var made = Convert.FromBase64String(Passwords.HashOfNothing(Passwords.Iterations));

        // The marker, the function, its iterations and the sizes decide the work; the rest is random.
        const int Header = 13;
        Assert.Equal(real.Length, made.Length);
        Assert.Equal(real[..Header], made[..Header]);
        Assert.NotEqual(real[Header..], made[Header..]);
    }

    private static Account NewAccount() => new(Guid.CreateVersion7(), Email, Name, Roles.Nurse);
}
