using System.Collections;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.RenderTree;
using Microsoft.Extensions.DependencyInjection;

// The renderer's own trees are what is looked into here; should their types change, this test says so.
#pragma warning disable BL0006

namespace ClinicBlazor.Tests.Records;

/// <summary>
/// Looks for a word in what objects hold: every private field, however deep, of components, of what they await, and of
/// the trees that the renderer keeps. It stops at the services and at the framework's own machinery.
/// </summary>
internal sealed class HeldText(string word, IServiceProviderIsService services)
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    // Beyond these lie the runtime, the renderer and the test itself.
    private static readonly Type[] Ends = [typeof(Renderer), typeof(Dispatcher), typeof(SynchronizationContext), typeof(MemberInfo),
        typeof(Type), typeof(IServiceProvider), typeof(NavigationManager)];

    // The pool of System.Buffers that trees take their memory from is the whole process's: other circuits draw there as well.
    private static readonly string[] EndNamespaces = ["System.Buffers", "System.Globalization", "System.Reflection", "System.Text",
        "Microsoft.Extensions", "Microsoft.EntityFrameworkCore", "Microsoft.JSInterop", "Bunit", "AngleSharp"];

    /// <summary>The components that a renderer has on the page.</summary>
    public static IReadOnlyList<IComponent> ComponentsOf(Renderer renderer) => [.. StatesOf(renderer).Select(state => state.Component)];

    /// <summary>Where the word is held by what a renderer has on the page, or by the trees it draws it from.</summary>
    public IReadOnlyList<string> InPage(Renderer renderer)
    {
        var roots = StatesOf(renderer).SelectMany(state => new (string, object?)[]
        {
            (state.Component.GetType().Name, state.Component),
            ($"{state.Component.GetType().Name}, drawn", FramesOf(state, "CurrentRenderTree")),
            ($"{state.Component.GetType().Name}, drawn before", FramesOf(state, "_nextRenderTree")),
        });
        return In(roots);
    }

    /// <summary>Where the word is held by some objects.</summary>
    public IReadOnlyList<string> In(IEnumerable<object?> roots) => In(roots.Select(root => (root?.GetType().Name ?? "", root)));

    private List<string> In(IEnumerable<(string Path, object? Held)> roots)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var next = new Queue<(string Path, object? Held)>(roots);
        var found = new List<string>();
        while (next.TryDequeue(out var place))
        {
            if (place.Held is string text)
            {
                if (text.Contains(word, StringComparison.Ordinal))
                {
                    found.Add(place.Path);
                }
            }
            else if (place.Held is { } held && !IsEnd(held) && (held.GetType().IsValueType || seen.Add(held)))
            {
                foreach (var (name, inner) in Inside(held))
                {
                    next.Enqueue(($"{place.Path}.{name}", inner));
                }
            }
        }

        return found;
    }

    private bool IsEnd(object held)
    {
        var type = held.GetType();
        return type.IsPrimitive || type.IsEnum || type.IsPointer
            || Array.Exists(Ends, end => end.IsAssignableFrom(type))
            || Array.Exists(EndNamespaces, name => type.Namespace?.StartsWith(name, StringComparison.Ordinal) == true)
            || (type.Namespace == "System.Threading" && !type.Name.Contains("Task", StringComparison.Ordinal))
            || (services.IsService(type) && held is not IComponent);
    }

    private static IEnumerable<(string Name, object? Value)> Inside(object held)
    {
        if (held is Array array)
        {
            return array.GetType().GetElementType()!.IsPrimitive ? [] : array.Cast<object?>().Select((item, index) => ($"[{index}]", item));
        }

        return Ancestry(held.GetType()).SelectMany(type => type.GetFields(Fields))
            .Where(field => !field.FieldType.IsByRefLike && !field.FieldType.IsPointer)
            .Select(field => (field.Name, field.GetValue(held)));
    }

    private static IEnumerable<Type> Ancestry(Type? type)
    {
        for (; type is not null && type != typeof(object); type = type.BaseType)
        {
            yield return type;
        }
    }

    private static IEnumerable<ComponentState> StatesOf(Renderer renderer)
    {
        var states = typeof(Renderer).GetField("_componentStateById", Fields)?.GetValue(renderer) as IDictionary
            ?? throw new InvalidOperationException("The renderer keeps its components in another place than this test knows.");
        return states.Values.Cast<ComponentState>();
    }

    /// <summary>What a tree would draw: texts and the values of attributes and parameters.</summary>
    private static List<object?> FramesOf(ComponentState state, string tree)
    {
        var builder = Ancestry(typeof(ComponentState))
            .SelectMany(type => type.GetFields(Fields).Where(field => field.Name.Contains(tree, StringComparison.Ordinal)))
            .Select(field => field.GetValue(state)).OfType<RenderTreeBuilder>().FirstOrDefault()
            ?? throw new InvalidOperationException("The renderer keeps its trees in another place than this test knows.");
        var frames = builder.GetFrames();
        return [.. frames.Array.Take(frames.Count).Select(frame => frame.FrameType switch
        {
            RenderTreeFrameType.Text => frame.TextContent,
            RenderTreeFrameType.Markup => frame.MarkupContent,
            RenderTreeFrameType.Attribute => frame.AttributeValue,
            _ => null,
        })];
    }
}
