using System.Reflection;
using System.Runtime.CompilerServices;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Data.Keys;
using ClinicBlazor.Domain.DataProtection;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Documents.Content;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Domain.Security.Alerts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace ClinicBlazor.Tests.Architecture;

/// <summary>What the domain shows to the outside, and what it leans on.</summary>
[Trait("Requirement", "S4-01")]
public sealed class DomainApiTests
{
    private static readonly Assembly Domain = typeof(Actor).Assembly;

    /// <summary>Asynchronous methods that ask for no actor, each with its reason.</summary>
    private static readonly Dictionary<string, string> WithoutActor = new()
    {
        [$"{nameof(SessionService)}.{nameof(SessionService.FindAsync)}"] = "answers who the actor is",
        [$"{nameof(IAccountMailer)}.{nameof(IAccountMailer.SendAsync)}"] = "is called by the domain, not by a person",
        [$"{nameof(DatabaseStartup)}.{nameof(DatabaseStartup.RunAsync)}"] = "runs before anybody can sign in",
        [$"{nameof(ClinicReadiness)}.{nameof(ClinicReadiness.WaitAsync)}"] = "waits for the start, and does nothing",
        [$"{nameof(DatabaseInspection)}.{nameof(DatabaseInspection.ReadAsync)}"] = "is a command of whoever holds the machine and its keys",
        [$"{nameof(DatabaseStartup)}.{nameof(DatabaseStartup.IsReadyAsync)}"] = "tells load balancers yes or no, and nothing else",
        [$"{nameof(FirstAdministrator)}.{nameof(FirstAdministrator.CreateAsync)}"] =
            "is a command of whoever holds the machine and its keys",
        [$"{nameof(AccountInspection)}.{nameof(AccountInspection.ReadAsync)}"] = "is a command of whoever holds the machine and its keys",
        [$"{nameof(KeyRotator)}.{nameof(KeyRotator.RunAsync)}"] = "is a command of whoever holds the machine and its keys",
        [$"{nameof(AuditCheck)}.{nameof(AuditCheck.RunAsync)}"] = "is a command of whoever holds the machine and its keys",
        [$"{nameof(AuditAnchors)}.{nameof(AuditAnchors.BeginAsync)}"] = "is a command of whoever holds the machine and its keys",
        [$"{nameof(AuditAnchors)}.{nameof(AuditAnchors.BeginIfNewAsync)}"] = "is start-up work",
        [$"{nameof(AlertStart)}.{nameof(AlertStart.RunAsync)}"] = "is start-up work",
        [$"{nameof(IAnchorPost)}.{nameof(IAnchorPost.SendAsync)}"] = "is called by the domain, not by a person",
        [$"{nameof(IAlertNotifier)}.{nameof(IAlertNotifier.TellAsync)}"] = "is called by the domain, not by a person",
        [$"{nameof(SessionSweeper)}.{nameof(SessionSweeper.SweepAsync)}"] = "is background work on rows of no person's choosing",
        [$"{nameof(RoleGrantSweeper)}.{nameof(RoleGrantSweeper.SweepAsync)}"] = "is background work on rows of no person's choosing",
        [$"{nameof(AccountLinkSweeper)}.{nameof(AccountLinkSweeper.SweepAsync)}"] = "is background work on rows of no person's choosing",
        [$"{nameof(DataProtectionKeyStore)}.{nameof(DataProtectionKeyStore.ListAsync)}"] = "serves the framework, for no person",
        [$"{nameof(DataProtectionKeyStore)}.{nameof(DataProtectionKeyStore.AddAsync)}"] = "serves the framework, for no person",
        [$"{nameof(ContentInspector)}.{nameof(ContentInspector.InspectAsync)}"] = "is called by the domain, with what somebody sent",
        [$"{nameof(IVirusScanner)}.{nameof(IVirusScanner.ScanAsync)}"] = "is called by the domain, not by a person",
        [$"{nameof(DocumentContent)}.{nameof(DocumentContent.DisposeAsync)}"] = "closes what somebody was given",
        [$"{nameof(DemoData)}.{nameof(DemoData.SeedAsync)}"] = "is start-up work, in Development only",
        [$"{nameof(DemoData)}.{nameof(DemoData.IsPresentAsync)}"] = "lets the start refuse demo accounts",
        [$"{nameof(DemoData)}.{nameof(DemoData.CurrentCodeAsync)}"] = "is a command of whoever holds the machine and its keys",
    };

    /// <summary>Asynchronous methods that nobody can cancel, each with its reason.</summary>
    private static readonly Dictionary<string, string> WithoutToken = new()
    {
        [$"{nameof(DocumentContent)}.{nameof(DocumentContent.DisposeAsync)}"] = "closes a file, and is over at once",
        [$"{nameof(SessionService)}.{nameof(SessionService.SignOutAsync)}"] = "ends the session, whoever goes away meanwhile",
    };

    private static IEnumerable<MethodInfo> AsynchronousMethods =>
        Domain.GetExportedTypes()
            .SelectMany(
                type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.ReturnType.IsAssignableTo(typeof(Task))
                || (method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(ValueTask<>))
                || method.ReturnType == typeof(ValueTask)
                || (method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)));

    private static bool HoldsTheDatabase(Type type) =>
        type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Any(constructor => constructor.GetParameters().Any(parameter => parameter.ParameterType == typeof(ClinicGate)));

    [Fact]
    public void References_OfTheDomain_HoldNoWebAssembly()
    {
        // Identity's user and password hasher live in Microsoft.Extensions.Identity, whatever their namespace says.
        var references = Domain.GetReferencedAssemblies().Select(reference => reference.Name!).ToList();

        Assert.Contains("Microsoft.Extensions.Identity.Core", references);
        Assert.DoesNotContain(references, name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        Assert.DoesNotContain("ClinicBlazor.App", references);
    }

    [Fact]
    public void Methods_Asynchronous_TakeTheActorFirstAndTheCancellationTokenLast()
    {
        var methods = AsynchronousMethods.ToList();

        Assert.NotEmpty(methods);
        Assert.Empty(methods.Where(method => method.GetParameters().FirstOrDefault()?.ParameterType != typeof(Actor)).Select(NameOf)
            .Except(WithoutActor.Keys));
        Assert.Empty(methods.Where(method => method.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken))
            .Select(NameOf).Except(WithoutToken.Keys));
        Assert.All(methods, method => Assert.EndsWith("Async", method.Name, StringComparison.Ordinal));
        Assert.Empty(WithoutActor.Keys.Concat(WithoutToken.Keys).Except(methods.Select(NameOf)));
    }

    [Fact]
    public void Methods_OfWhatHoldsTheDatabase_AreAllAsynchronous()
    {
        var asynchronous = AsynchronousMethods.ToHashSet();
        var services = Domain.GetExportedTypes().Where(HoldsTheDatabase).ToList();

        Assert.NotEmpty(services);
        Assert.All(services, service => Assert.Empty(
            service.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(method => !asynchronous.Contains(method)).Select(NameOf)));
    }

    [Fact]
    public void Services_InTheBackground_WaitForTheStart()
    {
        var services = new[] { Domain, typeof(App.Composition.ClinicHost).Assembly }.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsAssignableTo(typeof(BackgroundService)) && type != typeof(ClinicBackgroundService)).ToList();

        Assert.Contains(typeof(AuditSealer), services);
        Assert.All(services, service => Assert.True(service.IsSubclassOf(typeof(ClinicBackgroundService)), service.Name));
    }

    [Fact]
    public void ClinicDatabase_ToTheOutside_OffersNothing() =>
        Assert.Empty(
            typeof(ClinicGate).GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly));

    [Fact]
    public void Contexts_OfTheDomain_AreInternal()
    {
        var contexts = Domain.GetTypes().Where(type => type.IsAssignableTo(typeof(DbContext))).ToList();

        Assert.Equal(3, contexts.Count);
        Assert.All(contexts, context => Assert.False(context.IsVisible));
    }

    [Fact]
    public void Actor_ToTheOutside_HasNoConstructor()
    {
        Assert.Empty(typeof(Actor).GetConstructors());
        Assert.Equal(
            [nameof(Actor.Anonymous)],
            typeof(Actor).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.ReturnType == typeof(Actor))
                .Select(method => method.Name));
        Assert.All(typeof(Actor).GetProperties(), property => Assert.False(property.CanWrite));
    }

    [Fact]
    public void Types_OfTheDomain_AreSealedUnlessMadeToBeDerivedFrom()
    {
        var open = Domain.GetTypes().Where(
            type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && !type.IsDefined(typeof(CompilerGeneratedAttribute)));

        Assert.DoesNotContain(open,
            type => type.Namespace?.StartsWith("ClinicBlazor", StringComparison.Ordinal) == true && !IsMigration(type));
    }

    // The scaffolder writes migrations as open classes.
    private static bool IsMigration(Type type) =>
        type.Namespace!.StartsWith("ClinicBlazor.Domain.Data.Migrations", StringComparison.Ordinal);

    private static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
