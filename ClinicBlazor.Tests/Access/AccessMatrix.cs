using System.Reflection;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.Tests.Access;

/// <summary>Who asks: the five roles, and those who hold none yet.</summary>
internal enum Asker
{
    Anonymous,
    AwaitingSecondFactor,
    AwaitingEnrolment,
    Patient,
    Doctor,
    Nurse,
    Reception,
    Administrator,
}

/// <summary>What a call names, and so which relations between it and the asker there are.</summary>
internal enum Subject
{
    /// <summary>One patient.</summary>
    Patient,

    /// <summary>A record, by its id alone.</summary>
    Record,

    /// <summary>A patient and something of that patient: a record, a visit.</summary>
    PatientAndItem,

    /// <summary>No patient; the answer is a list that holds a patient or does not.</summary>
    List,

    /// <summary>Somebody's account.</summary>
    Account,

    /// <summary>Nothing: what it is about follows from the asker, or it makes something new.</summary>
    Nothing,
}

/// <summary>What the thing that is asked for is to the asker.</summary>
internal enum Relation
{
    Own,
    Assigned,
    Foreign,
    Missing,

    /// <summary>A patient within reach, and another patient's record or visit.</summary>
    ForeignItem,

    /// <summary>A patient within reach, and the record or visit of another patient within reach.</summary>
    OtherItem,

    /// <summary>A patient within reach, and a record or visit that does not exist.</summary>
    MissingItem,

    /// <summary>An account that exists.</summary>
    Existing,

    /// <summary>The call names nothing.</summary>
    Unnamed,
}

/// <summary>One cell: a method, who calls it, on what.</summary>
internal sealed record Cell(AccessCase Case, Asker Asker, Relation Relation)
{
    /// <summary>The roles that the asker's session gives at this moment.</summary>
    public Roles Roles => Enum.TryParse<Roles>(Asker.ToString(), out var role) ? role : Roles.None;

    private Reach Reach => ReachIn(AccessMatrix.LineOf(Case.Permission));

    /// <summary>True when the table gives the asker the permission for anybody's data at all.</summary>
    public bool IsPermitted => Reach != Reach.None;

    /// <summary>True when the table gives the asker this very thing.</summary>
    public bool IsAllowed => Relation switch
    {
        Relation.Own => (Reach & (Reach.Self | Reach.Everyone)) != Reach.None,
        Relation.Assigned => (Reach & (Reach.Assigned | Reach.Team | Reach.Everyone)) != Reach.None,
        Relation.Foreign or Relation.Existing => Reach.HasFlag(Reach.Everyone),
        Relation.Missing or Relation.ForeignItem or Relation.OtherItem or Relation.MissingItem => false,
        Relation.Unnamed => IsPermitted,
    };

    /// <summary>How the call must end: null for a success.</summary>
    public ErrorKind? ExpectedError
    {
        get
        {
            if (IsAllowed || (IsPermitted && Case.Subject == Subject.List))
            {
                return null;
            }

            var ofPatients = AccessMatrix.LineOf(Case.Permission).Compartment is Compartment.Clinical or Compartment.Demographic;
            return ofPatients || IsPermitted ? ErrorKind.NotFound : ErrorKind.Denied;
        }
    }

    public override string ToString() => $"{Case.Method} {Case.Variant} by {Asker} on {Relation}";

    // The column is read by its name, so that this table of expectations does not share the policy's own code.
    private Reach ReachIn(AccessPolicy.Line line) =>
        (Reach)typeof(AccessPolicy.Line).GetProperty(Roles == Roles.None ? nameof(line.Anyone) : Roles.ToString())!.GetValue(line)!;
}

/// <summary>All cells: each method that takes an actor, each asker, each relation.</summary>
internal static class AccessMatrix
{
    public static IReadOnlyList<Cell> Cells { get; } =
    [
        .. from accessCase in AccessCases.All
           from asker in Enum.GetValues<Asker>()
           from relation in RelationsOf(accessCase)
           select new Cell(accessCase, asker, relation),
    ];

    /// <summary>The public methods of the domain that somebody can call, as <c>Service.Method</c>.</summary>
    public static IReadOnlyDictionary<string, MethodInfo> Methods { get; } =
        typeof(Actor).Assembly.GetExportedTypes()
            .SelectMany(
                type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => !method.IsSpecialName && method.GetParameters() is [{ ParameterType: var first }, ..]
                && first == typeof(Actor))
            .ToDictionary(method => $"{method.DeclaringType!.Name}.{method.Name}");

    public static AccessPolicy.Line LineOf(Permission permission) => AccessPolicy.Table.Single(line => line.Permission == permission);

    private static IEnumerable<Relation> RelationsOf(AccessCase accessCase)
    {
        Relation[] relations = accessCase.Subject switch
        {
            Subject.Patient or Subject.Record => [Relation.Missing, Relation.Foreign, Relation.Assigned, Relation.Own],
            Subject.PatientAndItem =>
                [Relation.Missing, Relation.MissingItem, Relation.ForeignItem, Relation.OtherItem, Relation.Foreign, Relation.Assigned,
                    Relation.Own],
            Subject.List => [Relation.Foreign, Relation.Assigned, Relation.Own],
            Subject.Account => [Relation.Missing, Relation.Existing],
            Subject.Nothing => [Relation.Unnamed],
        };
        return relations.Where(relation => relation != accessCase.Except);
    }
}
