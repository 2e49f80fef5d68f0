using ClinicBlazor.App.Accounts.Mail;
using ClinicBlazor.App.Accounts.Passkeys;
using ClinicBlazor.App.Areas.Identity;
using ClinicBlazor.App.Audit.Anchors;
using ClinicBlazor.App.Hosting;
using ClinicBlazor.App.Hosting.Circuits;
using ClinicBlazor.App.Hosting.Network;
using ClinicBlazor.App.Hosting.Refusals;
using ClinicBlazor.App.Layout;
using ClinicBlazor.App.Patients;
using ClinicBlazor.App.Security;
using ClinicBlazor.App.Security.Notifiers;
using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Status;
using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.App.Composition;

/// <summary>Puts the web application together: what it is made of, and in which order a request meets it.</summary>
public static class ClinicHost
{
    /// <summary>Builds the application; <see cref="StartupExtensions.ServeAsync"/> starts it.</summary>
    /// <param name="builder">The builder, as its caller has prepared it.</param>
    /// <param name="logToConsole">False for a command, whose own words go to the console; the log file is written either way.</param>
    public static WebApplication Build(WebApplicationBuilder builder, bool logToConsole = true)
    {
        builder.RefuseUnreadableSettings();
        builder.UseDataDirectory();
        builder.UseDevelopmentCertificate();
        builder.AddClinicLogging(logToConsole);
        builder.AddReverseProxy();
        builder.AddHttpsOnly();
        builder.AddRequestLimits();

        var services = builder.Services;
        services.AddClinicDomain(builder.Configuration);
        NetworkSettings.Read(builder.Configuration, NetworkList.Administration);
        services.AddAccountMail(builder.Configuration);
        services.AddAnchorPosts(builder.Configuration);
        services.AddAlertNotifiers(builder.Configuration);
        services.AddSingleton<PasskeyChallenges>();
        services.AddSingleton<PasskeyCeremonies>();
        services.Configure<ClinicBranding>(builder.Configuration.GetSection(ClinicSettings.Section));
        services.AddSingleton(new ShellParts(typeof(FindPatient), typeof(OpenAlerts)));
        services.AddClinicText();
        services.AddSessionAuthentication();
        services.AddClinicDataProtection();
        services.AddClinicAntiforgery(builder.Environment);
        services.AddClinicRateLimits(builder.Configuration, builder.Environment);
        services.AddHealthChecks().AddCheck<ReadinessCheck>("clinic");
        IdentityPages.Add(services.AddRazorPages());
        services.AddSingleton<AttackRecorder>();
        services.AddClinicCircuits();
        services.AddSingleton<ClinicStart>();
        services.AddHostedService(provider => provider.GetRequiredService<ClinicStart>());
        services.AddScoped<DraftSavers>();
        services.AddStaffComponents();

        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseHostFiltering();
        app.UseMiddleware<RequestIdMiddleware>();
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.UseMiddleware<AnswerWatchMiddleware>();
        app.UseRequestLocalization();
        app.UseStatusPages();
        app.UseHttpsOnly();
        app.UseMiddleware<ScannerMiddleware>();
        app.UseMiddleware<AddressMiddleware>();

        // So that a WebSocket can be told from other requests; the circuits' hub accepts it.
        app.UseWebSockets();
        app.UseMiddleware<CircuitOriginMiddleware>();
        app.UseRouting();
        app.UseMiddleware<AdministrationMiddleware>();
        app.UseRateLimiter();
        app.UseMiddleware<FormMiddleware>();
        app.UseAuthentication();
        app.UseMiddleware<AttackMiddleware>();
        app.UseMiddleware<UnknownAddressMiddleware>();
        app.UseAuthorization();
        app.UseMiddleware<PageGuardMiddleware>();
        app.UseMiddleware<CircuitOwnerMiddleware>();
        app.UseAntiforgery();
        app.MapClinicEndpoints();
        return app;
    }
}
