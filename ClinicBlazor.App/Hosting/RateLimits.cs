using System.Globalization;
using System.Threading.RateLimiting;
using ClinicBlazor.Domain.Kernel;
using Microsoft.AspNetCore.RateLimiting;

namespace ClinicBlazor.App.Hosting;

/// <summary>
/// Limits per client address for what can be guessed or flooded (requirement S2-02). The account's own lock counts
/// besides, and persists.
/// </summary>
public static class RateLimits
{
    /// <summary>The setting that switches the limits off, in Development only.</summary>
    public const string EnabledSetting = "Clinic:RateLimits:Enabled";

    private const string SignIn = "sign-in";
    private const string SecondFactor = "second factor";

    /// <summary>Forms with the same <paramref name="Counter"/> count together.</summary>
    private sealed record Rule(string Path, int PerMinute, int PerHour, string Counter);

    private static readonly Rule[] Rules =
    [
        new("/Identity/Account/Login", 5, 20, SignIn),
        new("/api/token", 5, 20, SignIn),
        new("/api/token/refresh", 30, 200, "token refresh"),
        new("/Identity/Account/LoginWith2fa", 5, 60, SecondFactor),
        new("/Identity/Account/LoginWithRecoveryCode", 5, 60, SecondFactor),
        new("/Identity/Account/Register", 3, 10, "registration"),
        new("/Identity/Account/ForgotPassword", 3, 10, "password reset"),
        new("/Identity/Account/ResetPassword", 3, 10, "choice of a password"),
    ];

    /// <summary>Registers the limits. <see cref="EnabledSetting"/> can switch them off in Development only.</summary>
    public static IServiceCollection AddClinicRateLimits(this IServiceCollection services, IConfiguration configuration,
        IHostEnvironment environment)
    {
        var enabled = !environment.IsDevelopment() || configuration.GetValue(EnabledSetting, defaultValue: true);
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = (context, _) =>
            {
                var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
                context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            };
        });
        if (enabled)
        {
            services.AddOptions<RateLimiterOptions>().Configure<TimeProvider>((options, time) => options.GlobalLimiter = Limiter(time));
        }

        return services;
    }

    private static PartitionedRateLimiter<HttpContext> Limiter(TimeProvider time) =>
        PartitionedRateLimiter.Create<HttpContext, string>(context =>
        {
            // Routing takes an address with a slash at its end for the same page.
            var path = context.Request.Path.Value?.TrimEnd('/');
            var rule = HttpMethods.IsPost(context.Request.Method)
                ? Array.Find(Rules, rule => string.Equals(path, rule.Path, StringComparison.OrdinalIgnoreCase))
                : null;
            return rule is null
                ? RateLimitPartition.GetNoLimiter("")
                : RateLimitPartition.Get($"{rule.Counter}|{NetworkAddress.NetworkOf(context.Connection.RemoteIpAddress)}",
                    _ => new AttemptLimiter(rule.PerMinute, rule.PerHour, time));
        });
}
