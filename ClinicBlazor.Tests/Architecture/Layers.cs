using System.Reflection;
using System.Reflection.Emit;

namespace ClinicBlazor.Tests.Architecture;

/// <summary>
/// The folders of each project from the top to the floor: each may use those under it, never those above. A new folder
/// is a line here.
/// </summary>
internal static class Layers
{
    /// <summary>Folders of the domain.</summary>
    public static readonly IReadOnlyList<string> Domain =
    [
        "Demo",
        "Security",
        "Billing",
        "Documents",
        "Records",
        "Visits",
        "Patients",
        "Accounts",
        "DataProtection",
        "Data",
        "Audit",
        "Protection",
        "Access",
        "Input",
        "Kernel",
    ];

    /// <summary>Folders of the application.</summary>
    public static readonly IReadOnlyList<string> App =
    [
        "Composition",
        "Areas",
        "Home",
        "AccessHistory",
        "MyRecords",
        "Admin",
        "Security",
        "Audit",
        "Records",
        "Visits",
        "Billing",
        "Patients",
        "Describe",
        "Documents",
        "Accounts",
        "Status",
        "Layout",
        "Hosting",
        "Shared",
        "Web",
    ];

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (OpCode)field.GetValue(null)!)
            .ToDictionary(code => code.Value);

    /// <summary>
    /// The folder that a type of the project stands in, by its namespace; empty for the project's own root and for
    /// other types.
    /// </summary>
    public static string FolderOf(Type type, string project)
    {
        var named = type.Namespace ?? "";
        return named.StartsWith(project + ".", StringComparison.Ordinal) ? named[(project.Length + 1)..].Split('.')[0] : "";
    }

    /// <summary>Which folder uses which other one of the same project, with one place of each, as the compiled code has it.</summary>
    public static IReadOnlyDictionary<(string From, string To), string> EdgesOf(IEnumerable<Type> types, string project)
    {
        var edges = new SortedDictionary<(string From, string To), string>();
        foreach (var type in types)
        {
            if (FolderOf(type, project) is not { Length: > 0 } from)
            {
                continue;
            }

            foreach (var used in UsedBy(type).SelectMany(Parts).Where(used => used.Assembly == type.Assembly))
            {
                if (FolderOf(used, project) is { Length: > 0 } to && to != from)
                {
                    edges.TryAdd((from, to), $"{type.Name} uses {used.Name}");
                }
            }
        }

        return edges;
    }

    /// <summary>The edges that do not lead down the list.</summary>
    public static IEnumerable<string> Upwards(IReadOnlyDictionary<(string From, string To), string> edges, IReadOnlyList<string> order) =>
        from edge in edges
        let user = order.ToList().IndexOf(edge.Key.From)
        let used = order.ToList().IndexOf(edge.Key.To)
        where user < 0 || used < 0 || used <= user
        select $"{edge.Key.From} -> {edge.Key.To}: {edge.Value}";

    /// <summary>A type with those that it is made of: its element, its type arguments.</summary>
    public static IEnumerable<Type> Parts(Type type)
    {
        var plain = type.HasElementType ? type.GetElementType()! : type;
        return plain.IsGenericType ? plain.GetGenericArguments().SelectMany(Parts).Append(plain) : [plain];
    }

    private static IEnumerable<Type> UsedBy(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
            | BindingFlags.DeclaredOnly;
        IEnumerable<Type?> said =
        [
            type.BaseType,
            .. type.GetInterfaces(),
            .. type.GetFields(All).Select(field => field.FieldType),
            .. type.GetProperties(All).Select(property => property.PropertyType),
            .. type.GetCustomAttributesData().Concat(type.GetMembers(All).SelectMany(member => member.GetCustomAttributesData()))
                .SelectMany(
                    attribute => attribute.ConstructorArguments.Select(argument => argument.Value as Type).Append(attribute.AttributeType)),
            .. type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)).SelectMany(UsedBy),
        ];
        return said.OfType<Type>();
    }

    private static IEnumerable<Type> UsedBy(MethodBase method)
    {
        IEnumerable<Type> said =
        [
            .. method.GetParameters().Select(parameter => parameter.ParameterType),
            .. method is MethodInfo { ReturnType: var answer } ? [answer] : Type.EmptyTypes,
        ];
        return method.GetMethodBody() is { } body
            ? said.Concat(body.LocalVariables.Select(local => local.LocalType))
                .Concat(MembersIn(method, body.GetILAsByteArray()!).SelectMany(TypesOf))
            : said;
    }

    private static IEnumerable<Type> TypesOf(MemberInfo? member) => member switch
    {
        Type type => [type],
        MethodInfo method => [method.DeclaringType!, method.ReturnType, .. method.GetGenericArguments()],
        FieldInfo field => [field.DeclaringType!, field.FieldType],
        { DeclaringType: { } declaring } => [declaring],
        _ => [],
    };

    /// <summary>What the instructions of a type's methods name.</summary>
    public static IEnumerable<MemberInfo> MembersIn(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
            | BindingFlags.DeclaredOnly;
        return type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All))
            .SelectMany(method => method.GetMethodBody()?.GetILAsByteArray() is { } code ? MembersIn(method, code) : [])
                .OfType<MemberInfo>();
    }

    /// <summary>What the instructions of a body name.</summary>
    private static IEnumerable<MemberInfo?> MembersIn(MethodBase method, byte[] code)
    {
        var ofType = method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null;
        var ofMethod = method is MethodInfo { IsGenericMethod: true } ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var first = code[at++];
            var instruction = OpCodesByValue[first == 0xFE ? (short)((first << 8) | code[at++]) : first];
            if (instruction.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok
                or OperandType.InlineType)
            {
                yield return method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod);
            }

            at += instruction.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }
}
