using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Data;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>When sessions, mailed links, challenges, known browsers and mails go for good. Until then they open nothing any more.</summary>
internal static class OutdatedRows
{
    /// <summary>For how long what has expired can still be asked about, in days: a cookie that comes late is told why.</summary>
    public const int DaysExpired = 7;

    /// <summary>For how long a mail that was given up is kept, in days.</summary>
    public const int DaysGivenUp = 30;

    /// <summary>Registers them.</summary>
    public static IServiceCollection AddOutdated(this IServiceCollection services)
    {
        services.AddSingleton<Outdated>(new Outdated<Session>("sessions", now =>
        {
            var before = now.AddDays(-DaysExpired);
            return session => session.ExpiresAt < before;
        }));
        services.AddSingleton<Outdated>(new Outdated<AccountToken>("mailed links", now =>
        {
            var before = now.AddDays(-DaysExpired);
            return token => token.ExpiresAt < before;
        }));
        services.AddSingleton<Outdated>(new Outdated<TakenChallenge>("challenges", now => challenge => challenge.ExpiresAt < now));
        services.AddSingleton<Outdated>(new Outdated<KnownBrowser>("known browsers", now =>
        {
            var before = now.AddDays(-KnownBrowsers.Days);
            return browser => browser.LastUsedAt < before;
        }));
        services.AddSingleton<Outdated>(new Outdated<QueuedMail>("mails", now =>
        {
            var before = now.AddDays(-DaysGivenUp);
            return mail => mail.GivenUpAt < before;
        }));
        return services;
    }
}
