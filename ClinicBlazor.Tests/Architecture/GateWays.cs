using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace ClinicBlazor.Tests.Architecture;

/// <summary>The ways around the gate, as rules over compiled code. Each answers with those who took one.</summary>
internal static class GateWays
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    // Database commands by hand, set-based writes, filters lifted, entities put in place of those that were read.
    private static readonly HashSet<string> Types =
    [
        "DbCommand", "DbConnection", "DbBatch", "DbDataSource", "DbProviderFactory", "IDbCommand", "IDbConnection", "SqliteConnection",
            "SqliteCommand", "NpgsqlConnection",
        "NpgsqlCommand", "NpgsqlDataSource", "NpgsqlBatch", "RelationalDatabaseFacadeExtensions", "RelationalQueryableExtensions",
            "IRelationalCommandBuilderFactory",
    ];

    private static readonly HashSet<string> Methods =
    [
        "ExecuteUpdate", "ExecuteUpdateAsync", "ExecuteDelete", "ExecuteDeleteAsync", "IgnoreQueryFilters", "IgnoreAutoIncludes", "Entry",
            "Attach", "AttachRange", "Update",
        "UpdateRange", "get_Database", "get_ChangeTracker",
    ];

    private static readonly HashSet<string?> Concepts =
    [
        typeof(Patient).Namespace, typeof(MedicalRecord).Namespace, typeof(Document).Namespace, typeof(Visit).Namespace,
        typeof(Bill).Namespace,
    ];

    // What acts as somebody, the rows of patients, and what the acts on patients answer with.
    private static readonly Lazy<HashSet<Type>> Kept = new(() =>
    [
        typeof(Actor), typeof(LiveSession),
        .. BothModels.Sqlite.GetEntityTypes().Select(entity => entity.ClrType).Where(type => type.IsAssignableTo(typeof(IPatientOwned))),
        .. typeof(Actor).Assembly.GetTypes().Where(type => type.Name.EndsWith("Service", StringComparison.Ordinal))
            .Where(type => Concepts.Contains(type.Namespace))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .SelectMany(method => Layers.Parts(method.ReturnType))
            .Where(type => type is { IsClass: true, IsGenericType: false } && type.Assembly == typeof(Actor).Assembly)
            .Where(type => type != typeof(Done)),
    ]);

    /// <summary>Uses what only the folder of the data may use.</summary>
    public static IEnumerable<string> PastTheGate(IEnumerable<Type> types) =>
        from type in types
        from member in Layers.MembersIn(type)
        where member.DeclaringType is { } declaring
            && (Types.Contains(declaring.Name) || (IsOfEntityFramework(declaring) && Methods.Contains(member.Name)))
        select $"{Outer(type).Name}: {member.DeclaringType!.Name}.{member.Name}";

    /// <summary>Reads a table that no filter keeps to its reader.</summary>
    public static IEnumerable<string> Unfiltered(IEnumerable<Type> types, Type entity) =>
        from type in types
        from member in Layers.MembersIn(type)
        where member is MethodInfo { Name: "Set", IsGenericMethod: true } method && IsOfEntityFramework(method.DeclaringType!)
            && method.GetGenericArguments()[0] == entity
        select Outer(type).Name;

    /// <summary>
    /// Keeps who somebody is, or somebody's chart, beyond the one operation that it was made for. What the compiler makes of
    /// a method that waits lives as long as the method.
    /// </summary>
    public static IEnumerable<string> Keeping(IEnumerable<Type> types) =>
        from type in types
        from field in type.GetFields(All)
        where field.IsStatic || !(IsRecord(type) || Kept.Value.Contains(type) || type.GetInterface("IComponent") is not null
            || IsMadeByTheCompiler(type))
        where !typeof(Delegate).IsAssignableFrom(field.FieldType) && !typeof(Expression).IsAssignableFrom(field.FieldType)
        where Layers.Parts(field.FieldType).Any(Kept.Value.Contains)
        select $"{type.Name}.{field.Name}";

    /// <summary>Asks who belongs to a session that it names itself.</summary>
    public static IEnumerable<string> BecomingSomebody(IEnumerable<Type> types) =>
        from type in types
        from member in Layers.MembersIn(type)
        where member is MethodInfo { Name: nameof(SessionService.FindAsync) } method && method.DeclaringType == typeof(SessionService)
            && method.GetParameters()[0].ParameterType == typeof(Guid)
        select Outer(type).Name;

    /// <summary>Public synchronous methods of what reaches the gate, by itself or through what it was given.</summary>
    public static IEnumerable<string> Synchronous(IEnumerable<Type> types)
    {
        var all = types.ToList();
        var reaching = new HashSet<Type> { typeof(ClinicGate) };
        while (all.RemoveAll(type => NeedsOneOf(type, reaching) && reaching.Add(type)) > 0)
        {
            // Again, with those who are given one of these.
        }

        return
            from type in reaching
            where type.IsVisible && type != typeof(ClinicGate)
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where !method.IsSpecialName && method.GetBaseDefinition().DeclaringType == type
                && !typeof(Task).IsAssignableFrom(method.ReturnType)
            select $"{type.Name}.{method.Name}";
    }

    /// <summary>
    /// Endpoints that anybody may call, without files that are part of the program and pages, which have a rule of
    /// their own.
    /// </summary>
    public static IEnumerable<string> Anonymous(IEnumerable<Endpoint> endpoints) =>
        from endpoint in endpoints
        where endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
        where endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null
            && endpoint.Metadata.GetMetadata<PageActionDescriptor>() is null
            && endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null
        select (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? endpoint.DisplayName ?? "";

    private static bool NeedsOneOf(Type type, HashSet<Type> reaching) =>
        type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Any(constructor => constructor.GetParameters().Any(parameter => reaching.Contains(parameter.ParameterType)));

    private static bool IsOfEntityFramework(Type type) =>
        type.Namespace?.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) == true
        || type.IsSubclassOf(typeof(Microsoft.EntityFrameworkCore.DbContext));

    private static bool IsMadeByTheCompiler(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute)) || (type.DeclaringType is { } outer && IsMadeByTheCompiler(outer));

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static Type Outer(Type type) => type.DeclaringType is { } outer ? Outer(outer) : type;
}
