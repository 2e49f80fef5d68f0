using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Tests.Support;

/// <summary>
/// Passwords that cost little to hash: hundreds of tests sign in, and how strong the clinic's own hash is has tests of its
/// own.
/// </summary>
internal static class TestPasswords
{
    public const int Iterations = 1_000;

    /// <summary>Hashes as the hosts of the tests do.</summary>
    public static Passwords Cheap { get; } = Of(Iterations);

    /// <summary>Hashes as the clinic does.</summary>
    public static Passwords Real { get; } = Of(Passwords.Iterations);

    /// <summary>Lets a host hash at little cost; what is registered later changes nothing.</summary>
    public static void UseCheapPasswords(this IServiceCollection services) =>
        services.PostConfigure<PasswordHasherOptions>(options => options.IterationCount = Iterations);

    private static Passwords Of(int iterations) => new(Options.Create(new PasswordHasherOptions { IterationCount = iterations }));
}
