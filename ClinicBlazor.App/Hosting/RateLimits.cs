using System.Globalization;
using System.Threading.RateLimiting;

namespace ClinicBlazor.App.Hosting;

/// <summary>
/// Limits per client address for what can be guessed or flooded (requirement S2-02). The account's own lock counts
/// besides, and persists.
/// </summary>
public static class RateLimits
{
    private const string SecondFactor = "second factor";

    /// <summary>Pages with the same <paramref name="Counter"/> count together.</summary>
    private sealed record Rule(string Path, int PerMinute, int PerHour, string Counter);

    private static readonly Rule[] Rules =
    [
        new("/Identity/Account/LoginWith2fa", 5, 60, SecondFactor),
        new("/Identity/Account/LoginWithRecoveryCode", 5, 60, SecondFactor),
        new("/Identity/Account/Login", 5, 20, "sign-in"),
        new("/Identity/Account/Register", 3, 10, "registration"),
        new("/Identity/Account/ForgotPassword", 3, 10, "password reset"),
        new("/Identity/Account/ResetPassword", 5, 20, "choice of a password"),
    ];

    /// <summary>Registers the limits. <c>Clinic:RateLimits:Enabled</c> can switch them off in Development only.</summary>
    public static IServiceCollection AddClinicRateLimits(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var enabled = !environment.IsDevelopment() || configuration.GetValue("Clinic:RateLimits:Enabled", defaultValue: true);
        return services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = (context, _) =>
            {
                var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
                context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            };
            if (enabled)
            {
                options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                    Limiter(rule => rule.PerMinute, TimeSpan.FromMinutes(1)), Limiter(rule => rule.PerHour, TimeSpan.FromHours(1)));
            }
        });
    }

    private static PartitionedRateLimiter<HttpContext> Limiter(Func<Rule, int> permits, TimeSpan window) =>
        PartitionedRateLimiter.Create<HttpContext, string>(context =>
        {
            // Routing takes an address with a slash at its end for the same page.
            var path = context.Request.Path.Value?.TrimEnd('/');
            var rule = HttpMethods.IsPost(context.Request.Method)
                ? Array.Find(Rules, rule => string.Equals(path, rule.Path, StringComparison.OrdinalIgnoreCase))
                : null;
            return rule is null
                ? RateLimitPartition.GetNoLimiter("")
                : RateLimitPartition.GetFixedWindowLimiter(
                    $"{rule.Counter}|{context.Connection.RemoteIpAddress}",
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = permits(rule), Window = window });
        });
}
