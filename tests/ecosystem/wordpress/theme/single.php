<?php get_header(); ?>
<h1><?php the_title(); ?></h1>
<p><?php echo esc_html__( 'Call now', 'pine' ); ?>, we are the #1 rehab.</p>
<?php get_footer(); ?>
