using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>Gives out Identity's manager of accounts over a lease of the gate.</summary>
public sealed class AccountManagers
{
    private readonly IServiceProvider services;
    private readonly FieldProtector protector;
    private readonly TokenHasher tokens;
    private readonly TimeProvider time;
    private readonly Passwords passwords;
    private readonly IOptions<IdentityOptions> options;
    private readonly ILogger<UserManager<Account>> log;
    private readonly IPasswordValidator<Account>[] passwordValidators = [new PasswordValidator()];

    internal AccountManagers(IServiceProvider services)
    {
        this.services = services;
        protector = services.GetRequiredService<FieldProtector>();
        tokens = services.GetRequiredService<TokenHasher>();
        time = services.GetRequiredService<TimeProvider>();
        passwords = services.GetRequiredService<Passwords>();
        options = services.GetRequiredService<IOptions<IdentityOptions>>();
        log = services.GetRequiredService<ILogger<UserManager<Account>>>();
    }

    /// <summary>A manager whose changes the gate saves with the audit entry of the act.</summary>
    internal AccountManager Over(ClinicDbContext db)
    {
        var store = new AccountStore(db, protector, tokens, time);
        var manager = new AccountManager(store, options, passwords, passwordValidators, services, log);
        manager.RegisterTokenProvider(options.Value.Tokens.AuthenticatorTokenProvider, new AuthenticatorCodeProvider(time));
        manager.RegisterTokenProvider(options.Value.Tokens.PasswordResetTokenProvider, new MailedLinks(db, tokens, time));
        return manager;
    }
}
