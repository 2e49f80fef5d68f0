using System.Reflection;
using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Tests.Access;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Input;

/// <summary>
/// Every text that a method of the domain takes is looked through for attacks. The methods and their texts are found by
/// reflection, so that a further one fails here until its operation names it.
/// </summary>
[Trait("Requirement", "S4-08")]
public sealed class EveryInputTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private const string Attack = "x' OR 1=1--";

    /// <summary>Texts that are not looked through, each with its reason.</summary>
    private static readonly Dictionary<string, string> Unseen = new()
    {
        ["password"] = "may be anything, is hashed and shown nowhere",
        ["currentPassword"] = "may be anything, is hashed and shown nowhere",
        ["newPassword"] = "may be anything, is hashed and shown nowhere",
        ["passwordOrCode"] = "may be a password",
        ["issuer"] = "is the clinic's own name, from its settings",
    };

    /// <summary>Texts that are kept as they are: clinical prose.</summary>
    private static readonly string[] Prose =
        ["Symptoms", "Onset", "ModifyingFactors", "Text", "reason", "body"];

    public static TheoryData<string, string> Texts
    {
        get
        {
            var texts = new TheoryData<string, string>();
            foreach (var (name, method) in AccessMatrix.Methods.OrderBy(method => method.Key, StringComparer.Ordinal))
            {
                foreach (var text in method.GetParameters().SelectMany(TextsOf).Where(text => !Unseen.ContainsKey(text)))
                {
                    texts.Add(name, text);
                }
            }

            return texts;
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Text_ThatLooksLikeAnAttack_IsToldAndRefusedUnlessItIsProse(string method, string text)
    {
        var person = await PersonAsync(method);
        var before = await CountAsync(person);

        var result = await CallAsync(AccessMatrix.Methods[method], await clinic.People.ActorAsync(person), text);

        var error = (Error?)result.GetType().GetProperty("Error")!.GetValue(result);
        Assert.Equal(before + 1, await CountAsync(person));
        Assert.Equal(!Prose.Contains(text), error?.Fields.Any(field => field.Message.Text.StartsWith("This looks like program code", StringComparison.Ordinal)) == true);
    }

    [Fact]
    public void Texts_ThatAreExcepted_Exist()
    {
        var all = AccessMatrix.Methods.Values.SelectMany(method => method.GetParameters()).SelectMany(TextsOf).ToHashSet();

        Assert.Superset(Unseen.Keys.ToHashSet(), all);
        Assert.Superset(Prose.ToHashSet(), all);
        Assert.InRange(Texts.Count, 25, 500);
    }

    private static IEnumerable<string> TextsOf(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(string) ? [parameter.Name!]
        : IsInput(parameter.ParameterType) ? parameter.ParameterType.GetConstructors()[0].GetParameters().Where(part => part.ParameterType == typeof(string)).Select(part => part.Name!)
        : [];

    private static bool IsInput(Type type) => type.Namespace?.StartsWith("ClinicBlazor", StringComparison.Ordinal) == true && type is { IsClass: true } && type != typeof(Actor);

    private static object? Value(ParameterInfo parameter, Actor actor, string attacked) =>
        parameter.ParameterType == typeof(Actor) ? actor
        : parameter.ParameterType == typeof(string) ? parameter.Name == attacked ? Attack : "harmless"
        : parameter.ParameterType == typeof(Guid) ? Guid.CreateVersion7()
        : IsInput(parameter.ParameterType) ? parameter.ParameterType.GetConstructors()[0] is var made ? made.Invoke([.. made.GetParameters().Select(part => Value(part, actor, attacked))]) : null
        : parameter.ParameterType == typeof(byte[]) ? Array.Empty<byte>()
        : parameter.ParameterType == typeof(IReadOnlyList<string>) ? Array.Empty<string>()
        : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType)
        : null;

    private async Task<object> CallAsync(MethodInfo method, Actor actor, string attacked)
    {
        var service = clinic.Host.Services.GetService(method.DeclaringType!)!;
        var task = (Task)method.Invoke(service, [.. method.GetParameters().Select(parameter => Value(parameter, actor, attacked))])!;
        await task;
        return task.GetType().GetProperty("Result")!.GetValue(task)!;
    }

    /// <summary>Somebody whom the method is open to.</summary>
    private async Task<TestPerson> PersonAsync(string method)
    {
        var permission = AccessCases.All.SingleOrDefault(known => known.Method == method)?.Permission ?? Permission.SignIn;
        return AccessPolicy.Allows(Roles.Staff, permission) ? await clinic.People.AddStaffAsync(Roles.Staff) : await clinic.People.AddPatientAsync();
    }

    private async Task<int> CountAsync(TestPerson person)
    {
        await using var db = await clinic.Host.OpenAsync();
        return await db.AuditEntries.CountAsync(entry => entry.Act == AuditAct.AttackInputSeen && entry.AccountId == person.AccountId && entry.Level != AuditLevel.Information);
    }
}
