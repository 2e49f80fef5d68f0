using System.Buffers.Binary;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Identity;

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
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void Check_GoodPassword_FindsNothing(string password) => Assert.Empty(PasswordRules.Check(password, Name, Email));

    [Theory]
    [MemberData(nameof(Bad))]
    public void Check_BadPassword_SaysWhy(string password, string finding) =>
        Assert.Contains(PasswordRules.Check(password, Name, Email), message => message.ToString().Contains(finding, StringComparison.Ordinal));

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
        var hash = Convert.FromBase64String(new Passwords().Hash(NewAccount(), "Correct-Horse-7-Battery"));

        // Identity's version 3: marker, PRF (2 is HMAC-SHA-512), iterations, length of the salt, salt, key.
        Assert.Equal(1, hash[0]);
        Assert.Equal(2u, BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(1)));
        Assert.True(BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5)) >= 220_000);
        Assert.True(BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(9)) >= 16);
        Assert.True(hash.Length - 13 - BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(9)) >= 32);
    }

    [Fact]
    public void Hash_OfTheSamePasswordTwice_Differs() =>
        Assert.NotEqual(new Passwords().Hash(NewAccount(), "Correct-Horse-7-Battery"), new Passwords().Hash(NewAccount(), "Correct-Horse-7-Battery"));

    [Theory]
    [InlineData("Correct-Horse-7-Battery", true)]
    [InlineData("correct-Horse-7-Battery", false)]
    [InlineData("Correct-Horse-7-Battery ", false)]
    [InlineData("", false)]
    public void Verify_OfAPassword_TakesTheExactOneOnly(string given, bool right)
    {
        var (passwords, account) = (new Passwords(), NewAccount());
        account.SetPassword(passwords.Hash(account, "Correct-Horse-7-Battery"));

        Assert.Equal(right ? PasswordVerificationResult.Success : PasswordVerificationResult.Failed, passwords.Verify(account, given));
    }

    [Fact]
    [Trait("Requirement", "S2-04")]
    public void Verify_WithoutAccountOrPassword_Fails()
    {
        var passwords = new Passwords();

        Assert.Equal(PasswordVerificationResult.Failed, passwords.Verify(null, "Correct-Horse-7-Battery"));
        Assert.Equal(PasswordVerificationResult.Failed, passwords.Verify(NewAccount(), ""));
    }

    [Fact]
    [Trait("Requirement", "S2-04")]
    public void HashOfNothing_ComparedWithARealHash_CostsTheSame()
    {
        var real = Convert.FromBase64String(new Passwords().Hash(NewAccount(), "Correct-Horse-7-Battery"));
        var made = Convert.FromBase64String(Passwords.HashOfNothing());

        // The marker, the function, its iterations and the sizes decide the work; the rest is random.
        const int Header = 13;
        Assert.Equal(real.Length, made.Length);
        Assert.Equal(real[..Header], made[..Header]);
        Assert.NotEqual(real[Header..], made[Header..]);
    }

    private static Account NewAccount() => new(Guid.CreateVersion7(), Email, Name, Roles.Nurse);
}
