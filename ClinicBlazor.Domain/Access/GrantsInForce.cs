using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;

namespace ClinicBlazor.Domain.Access;

/// <summary>When a grant counts, in every query and in the filters alike.</summary>
internal static class GrantsInForce
{
    private static readonly Expression<Func<AccessGrant, DateTimeOffset, bool>> NotEnded =
        (grant, now) => grant.EndsAt == null || grant.EndsAt > now;

    private static readonly Expression<Func<AccessGrant, DateTimeOffset, bool>> Begun = (grant, now) => grant.StartsAt <= now;

    /// <summary>The grants that open a chart at a moment.</summary>
    public static IQueryable<AccessGrant> InForceAt(this IQueryable<AccessGrant> grants, DateTimeOffset now) =>
        grants.Where(Expand<Func<AccessGrant, bool>>(grant => grant.IsInForce(now)));

    /// <summary>The grants that can be ended at a moment: those in force, and any that begins later.</summary>
    public static IQueryable<AccessGrant> NotEndedAt(this IQueryable<AccessGrant> grants, DateTimeOffset now) =>
        grants.Where(Expand<Func<AccessGrant, bool>>(grant => grant.IsNotEnded(now)));

    /// <summary>Stands for the question in an expression that <see cref="Expand"/> completes; it cannot be asked of an object.</summary>
    public static bool IsInForce(this AccessGrant grant, DateTimeOffset now) =>
        throw new InvalidOperationException($"{grant.Id}, {now}: this stands in queries only.");

    /// <summary>Writes the questions that stand in an expression out, so that the database can answer them.</summary>
    public static Expression<T> Expand<T>(Expression<T> expression)
        where T : Delegate =>
        (Expression<T>)new Writer().Visit(expression);

    private static bool IsNotEnded(this AccessGrant grant, DateTimeOffset now) =>
        throw new InvalidOperationException($"{grant.Id}, {now}: this stands in queries only.");

    private sealed class Writer : ExpressionVisitor
    {
        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            if (node.Method.DeclaringType != typeof(GrantsInForce))
            {
                return base.VisitMethodCall(node);
            }

            return node.Method.Name == nameof(IsInForce)
                ? Expression.AndAlso(Of(Begun, node), Of(NotEnded, node))
                : Of(NotEnded, node);
        }

        private static Expression Of(Expression<Func<AccessGrant, DateTimeOffset, bool>> rule, MethodCallExpression node) =>
            new ReplacingExpressionVisitor([.. rule.Parameters], [.. node.Arguments]).Visit(rule.Body);
    }
}
